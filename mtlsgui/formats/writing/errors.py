"""What goes wrong when something is written."""

from mtlsgui.errors import MtlsguiError


class WriteError(MtlsguiError):
    """It cannot be written in this format."""


def check_passphrase(passphrase: str) -> None:
    """Raises WriteError for an empty one."""
    if not passphrase:
        raise WriteError(
            "The passphrase is empty", "An empty passphrase protects nothing.", "Type one."
        )
