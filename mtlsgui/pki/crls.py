"""Looking certificates up in revocation lists."""

from collections.abc import Collection

from cryptography import x509

from mtlsgui.pki.extensions import quietly
from mtlsgui.pki.facts import CrlFacts


def revoked_serials(crl: CrlFacts, serials: Collection[str]) -> frozenset[str]:
    """Those of the serial numbers (hex) that the list has.

    Says nothing about whose list it is, nor whether its signature holds. A list that cannot be
    read has none.
    """
    try:
        loaded = quietly(lambda: x509.load_der_x509_crl(crl.der))
        return frozenset(
            serial
            for serial in serials
            if loaded.get_revoked_certificate_by_serial_number(int(serial, 16)) is not None
        )
    except Exception:  # a malformed list or entry: `cryptography` raises many kinds
        return frozenset()
