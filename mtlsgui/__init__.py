"""mtlsgui: a desktop certificate manager and mTLS workbench."""

__version__ = "0.1.0"
