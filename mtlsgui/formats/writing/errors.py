"""What goes wrong when something is written."""

from mtlsgui.errors import MtlsguiError


class WriteError(MtlsguiError):
    """It cannot be written in this format."""


def check_passphrase(passphrase: str) -> None:
    """Raises WriteError for an empty one, and one that is no text in Unicode."""
    if not passphrase:
        raise WriteError(
            "The passphrase is empty", "An empty passphrase protects nothing.", "Type one."
        )
    try:
        passphrase.encode()
    except UnicodeEncodeError:  # its message would quote the passphrase
        raise WriteError(
            "The passphrase cannot be used", "It has halves of characters in it.", "Type another."
        ) from None
