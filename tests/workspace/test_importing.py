"""What files hold finds its place, in whatever order it comes."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mtlsgui.formats.items import CertificateItem, Item, PrivateKeyItem
from mtlsgui.formats.read import read
from mtlsgui.formats.write import private_key_pem
from mtlsgui.inventory.records import CertificateRow, RequestState, Sort, TreeFilter
from mtlsgui.pki import issuing, keys, requests
from mtlsgui.pki.chain import signed_by
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.keys import KeyAlgorithm, spki_sha256
from mtlsgui.pki.names import Subject
from mtlsgui.vault.base import VaultLocked
from mtlsgui.workspace import importing, requesting
from mtlsgui.workspace.drafts import RequestDraft
from mtlsgui.workspace.importing import Fate
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.workspace import Workspace
from tests.workspace.killed import certificate_item, imported_authority, key_item
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


class Foreign:
    """A hierarchy of four levels that was made elsewhere, and its keys."""

    def __init__(self) -> None:
        self.keys = [keys.generate(KeyAlgorithm.P256) for _ in range(4)]
        root = issuing.self_sign(
            authority_draft("Foreign Root").contents(NOW),
            self.keys[0],
            serial=issuing.random_serial(),
        )
        self.certificates = [root]
        for level, key in enumerate(self.keys[1:], 1):
            draft = (
                server_draft(None, "leaf.test") if level == 3 else authority_draft(f"Level {level}")
            )
            contents = replace(draft.contents(NOW), validity=issuing.validity(NOW, 100))
            self.certificates.append(
                issuing.issue(
                    contents,
                    key.public_key(),
                    issuer=self.certificates[-1],
                    issuer_key=self.keys[level - 1],
                    serial=issuing.random_serial(),
                )
            )

    @property
    def certificate_items(self) -> list[CertificateItem]:
        return [certificate_item(certificate) for certificate in self.certificates]

    @property
    def key_items(self) -> list[PrivateKeyItem]:
        return [key_item(key) for key in self.keys]


@pytest.fixture(scope="module")
def foreign() -> Foreign:
    return Foreign()


def named(ws: Workspace, name: str) -> list[CertificateRow]:
    rows = ws.inventory.tree.flat_page(TreeFilter(), Sort(), ws.clock(), ws.inventory.warn)
    return [row for row in rows if row.name == name]


def assert_in_place(ws: Workspace, *, with_keys: bool) -> None:
    """Each of the four is under its issuer, and holds its key where it belongs."""
    parent = None
    for name in ("Foreign Root", "Level 1", "Level 2", "leaf.test"):
        (row,) = named(ws, name)
        assert row.issuer_id == parent
        assert (row.key_id is not None) == with_keys
        if row.key_id is not None:
            custody = ws.inventory.keys.get(row.key_id).custody
            assert custody == ("vault" if row.is_ca else "sealed")
        parent = row.id
    assert_whole(ws)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=str)
def test_certificates_find_their_issuers_in_any_order(
    empty: Workspace, foreign: Foreign, order: Sequence[int]
) -> None:
    for at in order:
        importing.run(empty, [foreign.certificate_items[at]])
    assert_in_place(empty, with_keys=False)
    assert empty.custody.kind is None  # nothing to hold, so no vault was asked for


@pytest.mark.parametrize("seed", range(12))
def test_certificates_and_keys_in_any_order(ws: Workspace, foreign: Foreign, seed: int) -> None:
    items: list[Item] = [*foreign.certificate_items, *foreign.key_items]
    random.Random(seed).shuffle(items)  # noqa: S311
    for item in items:
        importing.run(ws, [item])
    assert_in_place(ws, with_keys=True)


def test_all_at_once_and_a_second_time(ws: Workspace, foreign: Foreign) -> None:
    items: list[Item] = [*foreign.key_items, *reversed(foreign.certificate_items)]
    assert {line.fate for line in importing.plan(ws, items)} == {Fate.NEW}
    report = importing.run(ws, [*items, *items])
    assert (len(report.certificates), len(report.keys), report.refused) == (4, 4, ())
    assert_in_place(ws, with_keys=True)
    lines = ws.inventory.journal.count()
    assert {line.fate for line in importing.plan(ws, items)} == {Fate.KNOWN}
    again = importing.run(ws, items)
    assert (again.certificates, again.keys, again.known) == ((), (), 8)
    assert ws.inventory.journal.count() == lines
    assert_in_place(ws, with_keys=True)


def test_an_imported_authority_goes_on_issuing(ws: Workspace, foreign: Foreign) -> None:
    importing.run(ws, [foreign.certificate_items[0], foreign.key_items[0]])
    (row,) = named(ws, "Foreign Root")
    assert issue_server(ws, row).issuer_id == row.id
    assert_whole(ws)


def test_two_authorities_of_one_name_are_told_apart_by_their_signatures(ws: Workspace) -> None:
    (first, first_key), (second, second_key) = (imported_authority("Twin") for _ in range(2))
    importing.run(ws, [first, first_key, second, second_key])
    rows = named(ws, "Twin")
    assert len(rows) == 2
    for row in rows:
        assert issue_server(ws, row, f"under-{row.id}.test").issuer_id == row.id
    assert_whole(ws)


def test_a_request_is_fulfilled_by_the_certificate_that_comes(
    ws: Workspace, foreign: Foreign
) -> None:
    request = requesting.create(ws, RequestDraft(names_text="asked.test"))
    assert request.key_id is not None
    key = ws.custody.private_key(ws.inventory.keys.get(request.key_id))
    contents = replace(
        server_draft(None, "asked.test").contents(NOW), validity=issuing.validity(NOW, 50)
    )
    answer = issuing.issue(
        contents,
        key.public_key(),
        issuer=foreign.certificates[0],
        issuer_key=foreign.keys[0],
        serial=issuing.random_serial(),
    )
    (certificate_id,) = importing.run(ws, [certificate_item(answer)]).certificates
    now = ws.inventory.requests.get(request.id)
    assert (now.state, now.certificate_id) == (RequestState.FULFILLED, certificate_id)
    assert ws.inventory.certificates.get(certificate_id).key_id == request.key_id
    assert_whole(ws)


def test_a_request_that_comes_after_its_certificate_is_fulfilled_too(ws: Workspace) -> None:
    request = requesting.create(ws, RequestDraft(names_text="asked.test"))
    (item,) = read(request.der).items
    assert request.key_id is not None
    key = ws.custody.private_key(ws.inventory.keys.get(request.key_id))
    requesting.delete(ws, request.id)
    certificate = issuing.self_sign(
        server_draft(None, "asked.test").contents(NOW), key, serial=issuing.random_serial()
    )
    (certificate_id,) = importing.run(ws, [certificate_item(certificate)]).certificates
    (request_id,) = importing.run(ws, [item]).requests
    assert ws.inventory.requests.get(request_id).certificate_id == certificate_id
    assert importing.run(ws, [item]).requests == ()  # known


def test_a_key_that_waits_for_its_certificate_is_not_thrown_away(ws: Workspace) -> None:
    request = requesting.create(ws, RequestDraft(names_text="asked.test"))
    (item,) = read(request.der).items
    key_id = request.key_id
    requesting.delete(ws, request.id)
    importing.run(ws, [item])
    assert key_id is not None
    with ws.custody.forgetting([key_id]):
        pass
    assert ws.inventory.keys.get(key_id).id == key_id


_X25519_PKCS8 = bytes.fromhex("302e020100300506032b656e04220420")
"""What stands before the 32 bytes of such a key (RFC 8410)."""


def test_what_cannot_be_kept_is_planned_so(ws: Workspace) -> None:
    certificate, key = imported_authority("Planned")
    locked = replace(key, pkcs8=None, locked=True)
    agreement = X25519PrivateKey.generate().private_bytes_raw()
    (foreign_kind,) = read(_X25519_PKCS8 + agreement).items
    assert [line.fate for line in importing.plan(ws, [certificate, locked, foreign_kind])] == [
        Fate.NEW,
        Fate.LOCKED,
        Fate.NOT_KEPT,
    ]
    report = importing.run(ws, [locked, foreign_kind])
    assert report == importing.Report()


def test_a_certificate_without_readable_names_is_refused_and_the_rest_is_kept(
    ws: Workspace, foreign: Foreign
) -> None:
    broken = CertificateItem(
        replace(foreign.certificate_items[0].facts, issuer_der=None, fingerprint_sha256="0" * 64)
    )
    report = importing.run(ws, [broken, foreign.certificate_items[1]])
    assert len(report.certificates) == 1
    assert "cannot be kept" in report.refused[0].title


def test_keys_with_a_locked_vault_change_nothing(ws: Workspace, foreign: Foreign) -> None:
    ws.custody.lock()
    with pytest.raises(VaultLocked):
        importing.run(ws, [foreign.certificate_items[0], foreign.key_items[0]])
    assert ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total == 0


def test_stopped_in_the_middle_what_was_kept_stays(
    ws: Workspace, foreign: Foreign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_AT_ONCE", 2)

    def progress(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.run(ws, foreign.certificate_items, progress)
    assert ws.inventory.tree.counts(ws.clock(), ws.inventory.warn).total == 2
    importing.run(ws, foreign.certificate_items)
    assert_in_place(ws, with_keys=False)


def test_another_process_sees_it_at_once(
    ws: Workspace, vaults: LocalVaults, clock: Clock, foreign: Foreign
) -> None:
    with Workspace.open(ws.layout.directory, vaults, clock=clock, actor="other@here") as other:
        before = other.inventory.data_version()
        importing.run(ws, [*foreign.certificate_items, *foreign.key_items])
        assert other.inventory.data_version() != before
        other.custody.open(PASSPHRASE)
        assert_in_place(other, with_keys=True)


def test_from_a_file_as_openssl_writes_it(ws: Workspace, tmp_path: Path, foreign: Foreign) -> None:
    data = b"".join(each.public_bytes(Encoding.PEM) for each in reversed(foreign.certificates))
    report = importing.run(ws, read(data).items)
    assert len(report.certificates) == 4
    assert_in_place(ws, with_keys=False)
    leaf = foreign.certificates[3].public_bytes(Encoding.DER)
    assert read_certificate(leaf).fingerprint_sha256 in ws.inventory.certificates.known(
        [read_certificate(leaf).fingerprint_sha256]
    )


def test_an_issuer_is_offered_once_its_key_came(ws: Workspace, foreign: Foreign) -> None:
    from mtlsgui.workspace import issuers

    importing.run(ws, foreign.certificate_items)
    assert issuers.available(ws) == ()
    importing.run(ws, [foreign.key_items[1]])
    offered: list[Issuer] = list(issuers.available(ws))
    assert [issuer.name for issuer in offered] == ["Level 1"]
    make_root(ws)
    assert len(issuers.available(ws)) == 2


def test_a_key_that_would_not_come_back_is_refused_and_the_rest_is_kept(
    ws: Workspace, foreign: Foreign
) -> None:
    good = rsa.generate_private_key(65537, 2048).private_numbers()
    large_e = next(
        e for e in itertools.count(2**66 + 1, 2) if math.gcd(e, (good.p - 1) * (good.q - 1)) == 1
    )
    # Its first prime is none: the numbers fit each other, and nothing it signs verifies.
    no_prime = next(p for p in itertools.count(good.p + 2, 2) if math.gcd(65537, p - 1) == 1)
    for p, e in ((good.p, large_e), (no_prime, 65537)):
        file = private_key_pem(rsa_key(p, good.q, e), None)
        report = importing.run(ws, [*read(file).items, *foreign.key_items[:1]])
        assert [each.title for each in report.refused] == ["This RSA 2048 key cannot be kept."]
        assert str(p) not in str(report.refused)
    (row,) = ws.inventory.keys.all()
    assert spki_sha256(ws.custody.private_key(row).public_key()) == row.spki_sha256


def rsa_key(p: int, q: int, e: int) -> rsa.RSAPrivateKey:
    d = pow(e, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(e, p * q)
    )
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


def test_a_request_finds_a_key_that_comes_with_it_or_after_it(ws: Workspace) -> None:
    subject = Subject(common_name="waiting.test").name()
    for at_once in (True, False):
        key = keys.generate(KeyAlgorithm.P256)
        request = read(requests.make(key, subject).public_bytes(Encoding.DER)).items
        parts = [[*request, key_item(key)]] if at_once else [request, [key_item(key)]]
        reports = [importing.run(ws, part) for part in parts]
        (request_id,) = reports[0].requests
        assert ws.inventory.requests.get(request_id).key_id == reports[-1].keys[0]


def test_a_revocation_list_belongs_to_who_signed_it_and_not_to_whom_it_names(
    ws: Workspace,
) -> None:
    root = make_root(ws)
    authority = x509.load_der_x509_certificate(ws.inventory.certificates.der(root.id))
    assert root.key_id is not None
    own = ws.custody.private_key(ws.inventory.keys.get(root.key_id))
    for signer, owner in ((keys.generate(KeyAlgorithm.P256), None), (own, root.id)):
        assert isinstance(signer, ec.EllipticCurvePrivateKey)
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(authority.subject)
            .last_update(NOW)
            .next_update(NOW + timedelta(days=7))
            .sign(signer, SHA256())
        )
        (crl_id,) = importing.run(ws, read(made.public_bytes(Encoding.DER)).items).crls
        assert ws.inventory.crls.get(crl_id).issuer_id == owner


def test_a_heap_of_namesakes_costs_a_bounded_number_of_signatures(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def counted(child: CertificateFacts, issuer: CertificateFacts) -> bool:
        checked.append(child.fingerprint_sha256)
        return signed_by(child, issuer)

    monkeypatch.setattr(importing, "_MOST_WRONG", 20)
    monkeypatch.setattr(importing, "signed_by", counted)
    heap = [without_identifiers("Namesake", f"leaf-{n}") for n in range(12)]
    report = importing.run(ws, [item for pair in heap for item in pair])
    assert len(report.certificates) == 24
    assert len(checked) <= 20 + 12


def without_identifiers(authority: str, name: str) -> tuple[CertificateItem, CertificateItem]:
    """An authority and its leaf that are told from their namesakes by the signature only."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = []
    for subject, ca in ((authority, True), (name, False)):
        built = (
            x509.CertificateBuilder()
            .subject_name(Subject(common_name=subject).name())
            .issuer_name(Subject(common_name=authority).name())
            .public_key(key.public_key())
            .serial_number(issuing.random_serial())
            .not_valid_before(NOW)
            .not_valid_after(NOW + timedelta(days=9))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .sign(key, SHA256())
        )
        made.append(CertificateItem(read_certificate(built.public_bytes(Encoding.DER))))
    return made[0], made[1]
