"""What a server says inside TLS in its own protocol: whether it lets the client in."""

from mtlsgui.tls.application.ports import for_port, for_starttls

__all__ = ["for_port", "for_starttls"]
