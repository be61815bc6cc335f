"""Making authorities, certificates and requests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.inventory.errors import InventoryNotFound
from mtlsgui.inventory.records import RequestState
from mtlsgui.pki import issuing as pki_issuing
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject, accepted, parse_names
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.pki.requests import make
from mtlsgui.vault.base import VaultUnavailable
from mtlsgui.workspace import authorities, editing, importing, issuers, issuing, requesting
from mtlsgui.workspace.drafts import CertificateDraft, RequestDraft
from mtlsgui.workspace.issuers import Addresses
from mtlsgui.workspace.refusals import DraftRefused
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.killed import certificate_item, key_item
from tests.workspace.support import (
    NOW,
    PASSPHRASE,
    Clock,
    LocalVaults,
    assert_whole,
    authority_draft,
    issue_server,
    make_root,
    server_draft,
)


def certificate_of(ws: Workspace, certificate_id: int) -> x509.Certificate:
    return x509.load_der_x509_certificate(ws.inventory.certificates.der(certificate_id))


def request_der(names: str) -> bytes:
    """Somebody else's request, by a key that we do not have."""
    key = keys.generate(KeyAlgorithm.P256)
    found = accepted(parse_names(names))
    request = make(key, Subject(common_name=found[0].value).name(), tuple(found))
    return request.public_bytes(Encoding.DER)


def test_a_hierarchy_of_four_levels(ws: Workspace) -> None:
    root = make_root(ws)
    policy = make_root(ws, "Policy", parent_id=root.id, days=1000)
    issuing_ca = make_root(ws, "Issuing", parent_id=policy.id, days=500)
    leaf = issue_server(ws, issuing_ca)
    assert [row.issuer_id for row in (root, policy, issuing_ca, leaf)] == [
        None,
        root.id,
        policy.id,
        issuing_ca.id,
    ]
    assert [row.kind for row in (root, policy, leaf)] == ["root_ca", "ca", "server"]
    for child, parent in ((policy, root), (issuing_ca, policy), (leaf, issuing_ca)):
        certificate_of(ws, child.id).verify_directly_issued_by(certificate_of(ws, parent.id))
    held = [ws.inventory.keys.get(row.key_id or 0) for row in (root, policy, issuing_ca, leaf)]
    assert [key.custody for key in held] == ["vault", "vault", "vault", "sealed"]
    assert_whole(ws)


@pytest.mark.parametrize("algorithm", list(KeyAlgorithm))
def test_an_authority_with_every_kind_of_key(ws: Workspace, algorithm: KeyAlgorithm) -> None:
    root = make_root(ws, algorithm=algorithm)
    issue_server(ws, root)
    assert_whole(ws)


def test_a_draft_with_faults_makes_nothing_and_asks_no_vault(empty: Workspace) -> None:
    with pytest.raises(DraftRefused) as caught:
        authorities.create(empty, authority_draft(" "))
    assert caught.value.problems[0].field == "common_name"
    assert empty.custody.kind is None
    assert empty.inventory.journal.count() == 0


def test_a_vault_that_fails_leaves_no_authority(empty: Workspace, vaults: LocalVaults) -> None:
    empty.custody.set_up("keyring")
    vaults.broken.add("put")
    with pytest.raises(VaultUnavailable):
        make_root(empty)
    vaults.broken.clear()
    assert empty.inventory.tree.counts(empty.clock(), empty.inventory.warn).total == 0
    assert_whole(empty)


def test_only_authorities_whose_key_is_held_are_offered(ws: Workspace, clock: Clock) -> None:
    root = make_root(ws)
    leaf = issue_server(ws, root)
    assert [issuer.name for issuer in issuers.available(ws)] == ["Test Root"]
    with pytest.raises(Exception, match="cannot issue certificates"):
        issuers.get(ws, leaf.id)
    clock.advance(days=4000)
    assert issuers.available(ws) == ()
    with pytest.raises(DraftRefused, match="has expired"):
        issue_server(ws, root)


def imported(ws: Workspace, *builders: x509.CertificateBuilder, key: keys.PrivateKey) -> int:
    """Keep authorities that others made, all by one key; gives the id of the last."""
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    made = [certificate_item(each.sign(key, SHA256())) for each in builders]
    return importing.run(ws, [*made, key_item(key)]).certificates[-1]


def foreign_authority(
    name: str, issuer: str, key: keys.PrivateKey, path_length: int | None
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(Subject(name).name())
        .issuer_name(Subject(issuer).name())
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=2000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    )


def test_an_authority_that_cannot_be_read_does_not_stand_in_the_way_of_others(
    ws: Workspace,
) -> None:
    key = keys.generate(KeyAlgorithm.P256)
    malformed = x509.UnrecognizedExtension(x509.OID_NAME_CONSTRAINTS, b"\x30\x03\x02\x01\x05")
    builder = foreign_authority("Odd", "Odd", key, None).add_extension(malformed, critical=True)
    odd = imported(ws, builder, key=key)
    root = make_root(ws)

    assert [issuer.id for issuer in issuers.available(ws)] == [root.id]
    with pytest.raises(issuers.AuthorityUnreadable, match="Odd"):
        issuing.issue(ws, server_draft(ws.inventory.certificates.get(odd)))


def test_the_path_length_of_the_authority_above_holds_too(ws: Workspace) -> None:
    key = keys.generate(KeyAlgorithm.P256)
    top = foreign_authority("Top", "Top", key, 1)
    below = foreign_authority("Below", "Top", key, None)
    below_id = imported(ws, top, below, key=key)

    assert issuers.get(ws, below_id).path_length == 0
    with pytest.raises(DraftRefused, match="intermediates below"):
        make_root(ws, "Too deep", parent_id=below_id, days=100)


def test_addresses_go_into_what_is_issued(ws: Workspace) -> None:
    root = make_root(ws, crl_text="http://pki.test/root.crl")
    urls = certificate_of(ws, issue_server(ws, root).id).extensions.get_extension_for_class(
        x509.CRLDistributionPoints
    )
    (point,) = urls.value
    assert [name.value for name in point.full_name or ()] == ["http://pki.test/root.crl"]
    issuers.set_addresses(ws, root.id, Addresses())
    later = certificate_of(ws, issue_server(ws, root, "later.test").id)
    with pytest.raises(x509.ExtensionNotFound):
        later.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    with pytest.raises(Exception, match="cannot be used"):
        issuers.set_addresses(ws, root.id, Addresses(crl=("pki.test/root.crl",)))


def test_a_certificate_never_outlives_its_issuer(ws: Workspace, clock: Clock) -> None:
    root = make_root(ws, days=100)
    clock.advance(days=80)
    draft = server_draft(root)
    draft.days = 90
    assert [p.blocking for p in draft.problems(ws.clock(), issuers.get(ws, root.id))] == [False]
    assert issuing.issue(ws, draft).not_after == root.not_after


def test_a_held_key_is_used_again(ws: Workspace) -> None:
    root = make_root(ws)
    first = issue_server(ws, root)
    draft = server_draft(root, "again.test")
    draft.held_key_id = first.key_id
    second = issuing.issue(ws, draft)
    assert (second.key_id, second.spki_sha256) == (first.key_id, first.spki_sha256)
    assert ws.inventory.keys.count() == 2
    assert_whole(ws)


def test_a_key_that_another_process_deletes_meanwhile_is_said_to_be_gone(
    ws: Workspace, vaults: LocalVaults, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_root(ws)
    first = issue_server(ws, root)
    draft = server_draft(root, "again.test")
    draft.held_key_id = first.key_id
    issue = pki_issuing.issue

    def while_it_is_signed(*contents: Any, **of: Any) -> x509.Certificate:
        with Workspace.open(ws.layout.directory, vaults, clock=clock, actor="o@here") as other:
            other.custody.open(PASSPHRASE)
            editing.delete(other, [first.id], with_keys=True)
        return issue(*contents, **of)

    monkeypatch.setattr(pki_issuing, "issue", while_it_is_signed)
    with pytest.raises(InventoryNotFound, match="no such key"):
        issuing.issue(ws, draft)
    assert_whole(ws)


def test_self_signed_is_its_own_issuer(ws: Workspace) -> None:
    row = issue_server(ws, None)
    assert (row.self_signed, row.issuer_id, row.is_ca) == (True, None, False)
    certificate = certificate_of(ws, row.id)
    certificate.verify_directly_issued_by(certificate)


def test_many_at_once(ws: Workspace) -> None:
    root = make_root(ws)
    seen: list[int] = []
    rows = issuing.issue_many(
        ws, [server_draft(root, f"host{n}.test") for n in range(300)], seen.append
    )
    assert [row.name for row in rows] == [f"host{n}.test" for n in range(300)]
    assert len({row.serial for row in rows}) == 300
    assert seen == sorted(seen)
    assert seen[-1] == 300
    assert ws.inventory.journal.count(action="certificate.issued") == 300
    assert issuing.issue_many(ws, []) == []
    assert_whole(ws)


def test_one_fault_among_many_makes_none(ws: Workspace) -> None:
    root = make_root(ws)
    with pytest.raises(DraftRefused):
        issuing.issue_many(ws, [server_draft(root), server_draft(root, "not a name!")])
    assert ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total == 1
    assert_whole(ws)


def test_a_batch_has_one_issuer(ws: Workspace) -> None:
    root, other = make_root(ws), make_root(ws, "Other")
    with pytest.raises(ValueError, match="one authority"):
        issuing.issue_many(ws, [server_draft(root), server_draft(other)])


def test_stopped_in_the_middle_what_was_made_stays(ws: Workspace) -> None:
    root = make_root(ws)

    def progress(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        issuing.issue_many(ws, [server_draft(root, f"h{n}.test") for n in range(600)], progress)
    made = ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total - 1
    assert 0 < made < 600
    assert_whole(ws)


def test_somebody_elses_request_is_signed(ws: Workspace) -> None:
    root = make_root(ws)
    der = request_der("asked.test also-asked.test")
    draft = CertificateDraft(
        profile=BUILT_IN["server"], issuer_id=root.id, request=issuing.request_to_sign(der)
    )
    row = issuing.issue(ws, draft)
    assert row.san == ("dns:asked.test", "dns:also-asked.test")
    assert row.key_id is None
    (request,) = ws.inventory.requests.page()
    assert (request.der, request.state, request.certificate_id) == (
        der,
        RequestState.SIGNED,
        row.id,
    )
    assert ws.inventory.journal.page()[0].action == "certificate.signed"
    assert_whole(ws)


def test_a_request_whose_signature_is_wrong_is_refused(ws: Workspace) -> None:
    root = make_root(ws)
    der = bytearray(request_der("asked.test"))
    der[-1] ^= 1
    draft = CertificateDraft(
        profile=BUILT_IN["server"], issuer_id=root.id, request=issuing.request_to_sign(bytes(der))
    )
    with pytest.raises(DraftRefused, match="signature is wrong"):
        issuing.issue(ws, draft)
    draft.issuer_id = None
    with pytest.raises(DraftRefused):
        issuing.issue(ws, draft)


def test_our_own_request_and_its_key(ws: Workspace) -> None:
    request = requesting.create(ws, RequestDraft(names_text="ours.test"))
    assert request.state is RequestState.OPEN
    assert request.key_id is not None
    assert x509.load_der_x509_csr(request.der).is_signature_valid
    again = requesting.create(ws, RequestDraft(names_text="ours.test", held_key_id=request.key_id))
    assert ws.inventory.keys.count() == 1
    requesting.delete(ws, request.id, with_key=True)
    assert ws.inventory.keys.count() == 1  # the other request waits with it
    requesting.delete(ws, again.id, with_key=True)
    assert ws.inventory.keys.count() == 0
    assert_whole(ws)


def test_a_clock_that_was_set_back(ws: Workspace, clock: Clock) -> None:
    """Nothing is valid before its issuer; the journal goes on in its order."""
    root = make_root(ws)
    clock.advance(days=-400)
    leaf = issue_server(ws, root)
    assert leaf.not_before <= clock() < leaf.not_after <= root.not_after
    make_root(ws, "Made before it was made")
    lines = ws.inventory.journal.page()
    assert [line.seq for line in lines] == sorted((line.seq for line in lines), reverse=True)
    assert lines[0].at < lines[-1].at
    editing.delete(ws, [leaf.id], with_keys=True)
    first, second = ws.inventory.make_backup(), ws.inventory.make_backup()
    assert first != second
    assert_whole(ws)


def test_what_is_issued_is_backdated_against_clocks_that_are_slow(ws: Workspace) -> None:
    root = make_root(ws)
    assert ws.clock() - root.not_before == timedelta(minutes=5)
