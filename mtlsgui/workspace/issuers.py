"""Authorities that can issue: certificate, key, and what they put into what they issue."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from cryptography import x509

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import CertificateRow, Sort, TreeFilter
from mtlsgui.pki.constraints import NameConstraints
from mtlsgui.pki.issuing import Validity, constraints_of, validity_of
from mtlsgui.pki.keys import PrivateKey
from mtlsgui.pki.names import AlternativeName
from mtlsgui.workspace.custody import KeyNotHere
from mtlsgui.workspace.workspace import Workspace


class AuthorityUnreadable(MtlsguiError):
    """What limits an authority cannot be read, so what it may issue is not known."""


@dataclass(frozen=True)
class Addresses:
    """Where others find an authority's CRL, OCSP responder and certificate, as URLs."""

    crl: tuple[str, ...] = ()
    ocsp: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()

    def problems(self) -> tuple[str, ...]:
        """What is wrong with them, as sentences."""
        return tuple(
            f"{url} is not an address that begins with http://."
            for url in (*self.crl, *self.ocsp, *self.issuer)
            if not url.isascii() or not url.startswith(("http://", "https://", "ldap://"))
        )


@dataclass(frozen=True)
class Issuer:
    """An authority that certificates can be issued under.

    key_place: where its key is held, in words that follow "held".
    constraints: its own and those of every authority above it (RFC 5280, section 6.1.4).
    path_length: how many intermediates it and those above it allow below; None does not limit
        them.
    """

    id: int
    name: str
    key_id: int
    certificate: x509.Certificate
    validity: Validity
    constraints: tuple[NameConstraints, ...]
    path_length: int | None
    addresses: Addresses
    key_place: str

    def refusal(self, name: AlternativeName) -> str:
        """Why a certificate with `name` would be refused; empty when it would not be."""
        return next(filter(None, (each.refusal(name) for each in self.constraints)), "")


def available(ws: Workspace) -> tuple[Issuer, ...]:
    """Every authority whose key is held and that has not expired, by name.

    One with a certificate in its chain that cannot be read as a whole is left out.
    """
    now = ws.clock()
    rows = ws.inventory.tree.flat_page(
        TreeFilter(kinds=frozenset({"root_ca", "ca"})),
        Sort(),
        now,
        ws.preferences.warn,
        0,
        10_000,
    )
    found = []
    for row in rows:
        if row.key_id is not None and row.not_after > now:
            with suppress(AuthorityUnreadable):
                found.append(_issuer(ws, row))
    return tuple(found)


def get(ws: Workspace, certificate_id: int) -> Issuer:
    """The authority of that id. Raises MtlsguiError where it cannot issue."""
    row = ws.inventory.certificates.get(certificate_id)
    if not row.is_ca:
        raise MtlsguiError(
            f"“{row.name}” cannot issue certificates.",
            "It is not a certificate authority.",
            "Choose an authority.",
        )
    return _issuer(ws, row)


def signing_key(ws: Workspace, issuer: Issuer) -> PrivateKey:
    """The private key of an authority; may block on the keyring."""
    return ws.custody.private_key(ws.inventory.keys.get(issuer.key_id))


def addresses(ws: Workspace, certificate_id: int) -> Addresses:
    """What the authority puts into the certificates it issues."""
    text = ws.inventory.settings.get(f"addresses:{certificate_id}")
    if text is None:
        return Addresses()
    stored = json.loads(text)
    return Addresses(**{key: tuple(urls) for key, urls in stored.items()})


def set_addresses(ws: Workspace, certificate_id: int, new: Addresses) -> None:
    """Change what the authority puts into the certificates it issues from now on."""
    faults = new.problems()
    if faults:
        raise MtlsguiError("The addresses cannot be used.", faults[0], "Mend the address.")
    row = ws.inventory.certificates.get(certificate_id)
    with ws.recorded("authority.addresses", "certificate", row.name, row.id, **asdict(new)):
        ws.inventory.settings.set(f"addresses:{certificate_id}", json.dumps(asdict(new)))


def parse_urls(text: str) -> tuple[str, ...]:
    """URLs separated by commas, spaces or line ends."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def _issuer(ws: Workspace, row: CertificateRow) -> Issuer:
    if row.key_id is None:
        raise KeyNotHere(
            f"The key of “{row.name}” is not held here.",
            "Without it nothing can be issued under this authority.",
            "Import its key, or choose another authority.",
        )
    try:
        chain = [
            x509.load_der_x509_certificate(ws.inventory.certificates.der(each.id))
            for each in ws.inventory.certificates.chain(row.id)
        ]
        limits = [constraints_of(each) for each in chain]
        path_length = _path_length(chain)
    except (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise AuthorityUnreadable(
            f"Nothing can be issued under “{row.name}”.",
            f"Its limits, or those of an authority above it, cannot be read: {error}",
            "Choose another authority, or make one.",
        ) from None
    certificate = chain[0]
    return Issuer(
        id=row.id,
        name=row.name,
        key_id=row.key_id,
        certificate=certificate,
        validity=validity_of(certificate),
        constraints=tuple(each for each in limits if each),
        path_length=path_length,
        addresses=addresses(ws, row.id),
        key_place=ws.custody.place_of(ws.inventory.keys.get(row.key_id)),
    )


def _path_length(chain: Sequence[x509.Certificate]) -> int | None:
    """How many intermediates may follow the first of `chain` (RFC 5280, section 6.1.4, l and m)."""
    allowed = []
    between = 0
    for certificate in chain:
        try:
            basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        except x509.ExtensionNotFound:
            basic = x509.BasicConstraints(ca=False, path_length=None)
        if basic.path_length is not None:
            allowed.append(max(basic.path_length - between, 0))
        between += certificate.subject != certificate.issuer
    return min(allowed, default=None)
