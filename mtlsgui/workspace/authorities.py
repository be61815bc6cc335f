"""Making certificate authorities."""

import json
from dataclasses import asdict

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki import issuing, keys
from mtlsgui.pki.facts import read_certificate
from mtlsgui.pki.keys import PrivateKey
from mtlsgui.workspace import drafts, issuers
from mtlsgui.workspace.drafts import AuthorityDraft
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.refusals import refuse
from mtlsgui.workspace.storing import store
from mtlsgui.workspace.workspace import Workspace


def create(ws: Workspace, draft: AuthorityDraft) -> CertificateRow:
    """Make the root or intermediate that `draft` says; its key goes into the vault.

    Blocks while the keyring asks. Raises MtlsguiError; then nothing is left behind.
    """
    now = ws.clock()
    parent = issuers.get(ws, draft.parent_id) if draft.parent_id is not None else None
    refuse(drafts.blocking(draft.problems(now, parent)))
    key = keys.generate(draft.algorithm)
    certificate = _certificate(ws, draft, parent, key)
    facts = read_certificate(certificate.public_bytes(Encoding.DER))
    name = draft.subject.common_name.strip()
    with (
        ws.custody.deposit(key, name) as key_id,
        ws.recorded(
            "authority.created",
            "certificate",
            name,
            fingerprint=facts.fingerprint_sha256,
            key=draft.algorithm.label,
            held=ws.custody.label,
            issuer=parent.name if parent else "",
        ) as record,
    ):
        ws.inventory.keys.mark_held(key_id)
        record.object_id = store(
            ws,
            facts,
            source="issued",
            issuer_id=parent.id if parent else None,
            key_id=key_id,
        )
        addresses = draft.addresses()
        if any((addresses.crl, addresses.ocsp, addresses.issuer)):
            ws.inventory.settings.set(
                f"addresses:{record.object_id}", json.dumps(asdict(addresses))
            )
    return ws.inventory.certificates.get(record.object_id)


def _certificate(
    ws: Workspace, draft: AuthorityDraft, parent: Issuer | None, key: PrivateKey
) -> x509.Certificate:
    contents = draft.contents(ws.clock(), parent)
    serial = issuing.random_serial()
    if parent is None:
        return issuing.self_sign(contents, key, serial=serial)
    return issuing.issue(
        contents,
        key.public_key(),
        issuer=parent.certificate,
        issuer_key=issuers.signing_key(ws, parent),
        serial=serial,
    )
