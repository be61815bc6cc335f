"""Who we are in a connection, as client or as server: a certificate with its key, and the CAs
above it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from mtlsgui.inventory.records import CertificateRow, Sort, TreeFilter
from mtlsgui.pki.chain import Pool, build_chain
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.tls.question import Identity
from mtlsgui.workspace.custody import KeyNotHere
from mtlsgui.workspace.workspace import Workspace

MOST_IDENTITIES = 500
_MOST_AUTHORITIES = 2_000


def presentable(ws: Workspace, kinds: Collection[str]) -> list[CertificateRow]:
    """Certificates of these kinds (`CertificateKind`) whose keys are held. By name, 500 at most."""
    rows = _rows(ws, kinds, MOST_IDENTITIES)
    return [row for row in rows if row.key_id is not None]


def authorities(ws: Workspace) -> list[CertificateRow]:
    """CAs whose certificates can be trusted, by name. 2,000 at most."""
    return _rows(ws, ("root_ca", "ca"), _MOST_AUTHORITIES)


def facts_of(ws: Workspace, certificate_ids: Sequence[int]) -> tuple[CertificateFacts, ...]:
    """What these certificates of the workspace say."""
    return tuple(read_certificate(ws.inventory.certificates.der(each)) for each in certificate_ids)


def held(ws: Workspace, certificate_id: int) -> Identity:
    """One of the workspace's, its root known and not sent. Blocks on the vault.

    Raises KeyNotHere, and VaultError where the vault cannot give its key.
    """
    row, *above = ws.inventory.certificates.chain(certificate_id)
    if row.key_id is None:
        raise KeyNotHere(
            f"The private key of “{row.name}” is not held here.",
            "Without it a certificate proves nothing.",
            "Choose another certificate, or import the key first.",
        )
    facts, *issuers = facts_of(ws, [each.id for each in (row, *above)])
    return Identity(
        facts,
        ws.custody.private_key(ws.inventory.keys.get(row.key_id)),
        tuple(each for each in issuers if not each.self_signed),
        tuple(issuers),
        row.name,
        revoked=row.revoked_at is not None,
    )


def with_issuers(identity: Identity, known: Sequence[CertificateFacts]) -> Identity:
    """With the CAs above it as far as they are known; what is sent stays as it is."""
    chain = build_chain(identity.certificate, Pool((*identity.above, *known)))
    return replace(identity, above=chain.certificates[1:])


def _rows(ws: Workspace, kinds: Collection[str], most: int) -> list[CertificateRow]:
    wanted, now = TreeFilter(kinds=frozenset(kinds)), ws.clock()
    return ws.inventory.tree.flat_page(wanted, Sort(), now, ws.preferences.warn, 0, most)
