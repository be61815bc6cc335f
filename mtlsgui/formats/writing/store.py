"""What key stores hold, whatever their format."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class StoreEntry:
    """A private key with its chain, or certificates on their own.

    alias: the entry's name. key: its PrivateKeyInfo, DER. certificates: DER, leaf first.
    trusted: the certificates are ones to trust (which Java wants to be told).
    """

    alias: str
    certificates: tuple[bytes, ...] = ()
    key: bytes | None = field(default=None, repr=False)
    trusted: bool = False
