"""A workspace whose keys are in a keyring of this process, and the desk over it."""

from tests.gui.keeping.conftest import access, desk, vaults, window, ws

__all__ = ["access", "desk", "vaults", "window", "ws"]
