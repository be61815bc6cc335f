"""How the things of one drop go together."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import AuthorityInformationAccessOID

from mtlsgui.workspace import looking, relating
from mtlsgui.workspace.contents import Contents, Entry, Heading, sort, with_sources
from mtlsgui.workspace.inspecting import inspect_bytes, inspect_files
from mtlsgui.workspace.looking import Verified
from mtlsgui.workspace.relating import Bond
from mtlsgui.workspace.workspace import Workspace
from tests.gui.inspecting_support import Files, Key, certificate, new_key, pem


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def entry(contents: Contents, title: str, kind: str = "") -> Entry:
    return next(
        each
        for each in contents.entries
        if each.title == title and (not kind or (each.item is not None and each.item.kind == kind))
    )


def bonds(contents: Contents, title: str, kind: str = "") -> list[tuple[Bond, str]]:
    found = relating.relations(contents, entry(contents, title, kind))
    return [(each.bond, each.name) for each in found]


def key_pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def contents_of(*parts: bytes) -> Contents:
    return sort(inspect_bytes(b"".join(parts), "all.pem"))


def test_a_revocation_list_says_whom_it_revokes(files: Files) -> None:
    contents = sort(inspect_files([files.server(), files.chain(), files.crl()]))
    assert bonds(contents, "CN=Lab Issuing") == [
        (Bond.LIST_OF, "Lab Issuing"),
        (Bond.REVOKES, "www.lab.test"),
    ]
    [revoked] = relating.relations(contents, entry(contents, "www.lab.test"))
    assert (revoked.bond, revoked.name, revoked.sure) == (Bond.REVOKED_IN, "lab.crl", True)
    assert bonds(contents, "Lab Issuing") == []


def test_a_list_whose_issuer_is_not_here_is_not_sure(files: Files) -> None:
    contents = sort(inspect_files([files.server(), files.crl()]))
    [revoked] = relating.relations(contents, entry(contents, "www.lab.test"))
    assert not revoked.sure


def test_a_list_by_an_impostor_of_the_same_name_is_not_sure(files: Files, ws: Workspace) -> None:
    other = new_key()
    forged = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(files.ca.subject)
        .last_update(datetime(2026, 11, 1, tzinfo=UTC))
        .next_update(datetime(2026, 12, 1, tzinfo=UTC))
        .add_revoked_certificate(
            x509.RevokedCertificateBuilder(
                files.leaf.serial_number, datetime(2026, 11, 1, tzinfo=UTC)
            ).build()
        )
        .sign(other, hashes.SHA256())
    )
    contents = contents_of(pem(files.leaf, files.ca), forged.public_bytes(Encoding.PEM))
    [revoked] = relating.relations(contents, entry(contents, "www.lab.test"))
    assert (revoked.bond, revoked.sure) == (Bond.REVOKED_IN, False)


def test_keys_and_requests_that_belong_to_nothing_here_say_so(files: Files) -> None:
    stranger = new_key()
    contents = sort(
        inspect_files(
            [files.server(), files.write("other.key", key_pem(stranger)), files.request()]
        )
    )
    assert bonds(contents, "Private key") == [(Bond.NO_CERTIFICATE, "")]
    assert bonds(contents, "new.lab.test") == [(Bond.NO_CERTIFICATE, "")]
    assert bonds(contents, "www.lab.test") == [(Bond.NO_KEY, "")]


def test_a_locked_key_may_be_the_one_that_is_missed(files: Files) -> None:
    stranger = files.write("other.key", key_pem(new_key()))
    contents = sort(inspect_files([files.server(), stranger, files.private_key("secret")]))
    assert bonds(contents, "www.lab.test") == []
    opened = sort(
        inspect_files([files.server(), stranger, files.private_key("secret")], ["secret"])
    )
    assert bonds(opened, "www.lab.test")[0][0] is Bond.KEY_HERE


def test_a_key_alone_is_no_stranger(files: Files) -> None:
    contents = sort(inspect_files([files.private_key()]))
    assert bonds(contents, "Private key") == []


def test_a_duplicate_says_where_it_stood_before(files: Files) -> None:
    contents = sort(inspect_files([files.server(), files.whole()]))
    twice = contents.groups[-1].entries[0]
    assert [(each.bond, each.name) for each in relating.relations(contents, twice)] == [
        (Bond.SAME_AS, "server.txt")
    ]


def test_a_cross_signed_authority_is_pointed_out(files: Files) -> None:
    other_key = new_key()
    other = certificate("Other Root", other_key, is_ca=True)
    crossed = certificate("Lab Issuing", files.ca_key, other, other_key, is_ca=True)
    contents = contents_of(pem(files.leaf, files.ca, files.root, crossed, other))
    assert (Bond.CROSS_SIGNED, "Other Root") in bonds(contents, "Lab Issuing")


def test_another_way_to_a_root_is_told_from_strangers(files: Files) -> None:
    other_key, lone_key = new_key(), new_key()
    other = certificate("Other Root", other_key, is_ca=True)
    crossed = certificate("Lab Issuing", files.ca_key, other, other_key, is_ca=True)
    lone = certificate("Lone Root", lone_key, is_ca=True)
    contents = contents_of(pem(files.leaf, files.ca, files.root, crossed, other, lone))
    [together] = (each for each in contents.groups if each.heading is Heading.TOGETHER)
    taken = {each.item for each in together.entries}
    ways = relating.other_ways(contents.groups)
    assert len(ways) == 2
    assert not any(item in taken for item in ways)
    assert "Lone Root" not in {item.facts.common_name for item in ways}


def test_a_renewed_certificate_is_pointed_out(files: Files) -> None:
    again = certificate("www.lab.test", files.key, files.ca, files.ca_key, days=200)
    contents = contents_of(pem(files.leaf, again))
    assert (Bond.REISSUED, "www.lab.test") in bonds(contents, "www.lab.test")


def test_an_authority_that_signed_nothing_here_says_so(files: Files) -> None:
    key = new_key()
    stranger = certificate("Nobody's Root", key, is_ca=True)
    contents = contents_of(pem(files.leaf, files.ca, stranger))
    assert bonds(contents, "Nobody's Root") == [(Bond.SIGNED_NOTHING, "")]


def test_a_signature_by_an_impostor_does_not_verify(files: Files, ws: Workspace) -> None:
    ski = x509.SubjectKeyIdentifier.from_public_key(files.ca_key.public_key())
    claimed = (
        x509.CertificateBuilder()
        .subject_name(files.leaf.subject)
        .issuer_name(files.ca.subject)
        .public_key(files.key.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2026, 11, 1, tzinfo=UTC))
        .not_valid_after(datetime(2026, 12, 1, tzinfo=UTC) + timedelta(days=30))
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ski), critical=False
        )
        .sign(new_key(), hashes.SHA256())
    )
    named = (
        x509.CertificateBuilder()
        .subject_name(files.ca.subject)
        .issuer_name(files.root.subject)
        .public_key(files.ca_key.public_key())
        .serial_number(8)
        .not_valid_before(datetime(2026, 11, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 12, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .add_extension(ski, critical=False)
        .sign(files.root_key, hashes.SHA256())
    )
    contents = contents_of(pem(claimed, named))
    look = looking.look(ws, contents, entry(contents, "www.lab.test"))
    assert look is not None
    assert look.signature is not None
    assert look.signature.verified is Verified.BROKEN


def test_what_is_missing_says_where_it_can_be_had(files: Files, ws: Workspace) -> None:
    places = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.CA_ISSUERS,
                x509.UniformResourceIdentifier(address),
            )
            for address in ("ldap://dir.lab.test/cn=ca", "http://pki.lab.test/ca.crt")
        ]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(files.leaf.subject)
        .issuer_name(files.ca.subject)
        .public_key(files.key.public_key())
        .serial_number(9)
        .not_valid_before(datetime(2026, 2, 1, tzinfo=UTC))
        .not_valid_after(datetime(2026, 12, 1, tzinfo=UTC))
        .add_extension(places, critical=False)
        .sign(files.ca_key, hashes.SHA256())
    )
    contents = contents_of(pem(made))
    look = looking.look(ws, contents, entry(contents, "www.lab.test"))
    assert look is not None
    assert look.gap is not None
    assert look.gap.issuer == "Lab Issuing"
    assert look.gap.address == "http://pki.lab.test/ca.crt"
    assert look.signature is not None
    assert look.signature.verified is Verified.UNKNOWN


def test_what_comes_later_joins_the_chain(files: Files) -> None:
    first = contents_of(pem(files.leaf))
    fetched = inspect_bytes(pem(files.ca), "fetched from pki.lab.test")
    joined = with_sources(first.inspection, fetched.sources)
    [group] = joined.groups
    assert [each.title for each in group.entries] == ["www.lab.test", "Lab Issuing"]
    assert group.entries[1].source.name == "fetched from pki.lab.test"
