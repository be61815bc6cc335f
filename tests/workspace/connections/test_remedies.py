"""What can be done here about the problems of a test."""

from dataclasses import replace
from pathlib import Path

from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls.question import Offer as Offered
from mtlsgui.tls.question import StartTls
from mtlsgui.tls.result import Problem, Remedy, RemedyKind, Side
from mtlsgui.workspace import issuing, remedies
from mtlsgui.workspace.connecting import ConnectionTest
from mtlsgui.workspace.drafts import CertificateDraft
from mtlsgui.workspace.remedies import IssueCertificate, Offer, SaveFile, TestAgain
from mtlsgui.workspace.workspace import Workspace
from tests.tls.papers import contents, facts_of, signed
from tests.tls.papers import root as make_paper
from tests.workspace.connections.test_compared import GOOD
from tests.workspace.support import Clock, issue_server, make_root

STRANGER = make_paper("Stranger")
TEST = ConnectionTest("api.test")


def facts(ws: Workspace, row: CertificateRow) -> CertificateFacts:
    return read_certificate(ws.inventory.certificates.der(row.id))


def issue_client(ws: Workspace, issuer: CertificateRow, name: str) -> CertificateRow:
    draft = CertificateDraft(profile=BUILT_IN["client"], issuer_id=issuer.id, names_text=name)
    return issuing.issue(ws, draft)


def offered(
    ws: Workspace,
    *wanted: Remedy,
    chain: tuple[CertificateFacts, ...] = (),
    test: ConnectionTest = TEST,
    code: str = "some_code",
) -> tuple[Offer, ...]:
    problem = Problem(code, Side.SERVER, "Something", "", remedies=wanted)
    result = replace(GOOD, server_chain=chain, problems=(problem,))
    found = remedies.offers(ws, test, result)
    assert all(each.problem is problem and each.words in remedies.LABELS for each in found)
    return found


def test_a_server_certificate_is_issued_where_its_ca_is_ours(
    ws: Workspace, root: CertificateRow
) -> None:
    chain = (facts(ws, issue_server(ws, root)),)
    wanted = Remedy(RemedyKind.ISSUE_SERVER, ("dns:api.test", "ip:10.0.0.1"))
    (offer,) = offered(ws, wanted, chain=chain)
    assert isinstance(offer, IssueCertificate)
    assert (offer.profile_id, offer.issuer_id) == ("server", root.id)
    assert offer.names == "api.test, 10.0.0.1"
    foreign = facts_of(signed(contents("api.test"), STRANGER).certificate)
    assert offered(ws, wanted, chain=(foreign,)) == ()
    assert offered(ws, wanted) == ()


def test_certificates_that_the_server_takes_are_offered_the_best_first(
    ws: Workspace, root: CertificateRow, clock: Clock
) -> None:
    other = make_root(ws, "Other Root")
    issue_client(ws, root, "old")
    clock.advance(days=100)
    good, used = issue_client(ws, root, "good"), issue_client(ws, root, "used")
    server = issue_server(ws, root)
    issue_client(ws, other, "of-another-ca")
    named = Remedy(RemedyKind.CHOOSE_IDENTITY, issuers=(facts(ws, root).subject_der or b"",))
    test = ConnectionTest("api.test", identity_id=used.id)
    found = offered(ws, named, test=test)
    assert [offer.label for offer in found] == ["Present “good”"]
    assert isinstance(found[0], TestAgain)
    assert found[0].test == replace(test, identity_id=good.id)
    files = ConnectionTest("api.test", identity_files=(Path("a.p12"),))
    found = offered(ws, Remedy(RemedyKind.CHOOSE_IDENTITY), test=files)
    assert all(isinstance(each, TestAgain) and not each.test.identity_files for each in found)
    assert len(found) == remedies.MOST_IDENTITIES_OFFERED
    assert server.name not in {each.about for each in found}
    nobody = Remedy(RemedyKind.CHOOSE_IDENTITY, issuers=(b"0\x00",))
    assert offered(ws, nobody) == ()


def test_none_is_offered_of_a_ca_that_the_server_has_just_refused(
    ws: Workspace, root: CertificateRow
) -> None:
    presented = issue_client(ws, root, "presented")
    issue_client(ws, root, "of-the-same-ca")
    issue_client(ws, make_root(ws, "Other Root"), "of-another-ca")
    test, any_ca = ConnectionTest("api.test", presented.id), Remedy(RemedyKind.CHOOSE_IDENTITY)
    code = "client_certificate_unknown_authority"
    found = offered(ws, any_ca, test=test, code=code)
    assert [offer.about for offer in found] == ["of-another-ca"]
    assert len(offered(ws, any_ca, test=test)) == 2
    named = replace(any_ca, issuers=(facts(ws, root).subject_der or b"",))
    found = offered(ws, named, test=test, code=code)
    assert [offer.about for offer in found] == ["of-the-same-ca"]


def test_a_client_certificate_is_issued_under_a_ca_that_the_server_takes(
    ws: Workspace, root: CertificateRow
) -> None:
    make_root(ws, "Another Root")
    used = issue_client(ws, root, "reconciler")
    wanted = Remedy(RemedyKind.ISSUE_CLIENT, issuers=(facts(ws, root).subject_der or b"",))
    (offer,) = offered(ws, wanted, test=ConnectionTest("api.test", identity_id=used.id))
    assert isinstance(offer, IssueCertificate)
    assert (offer.profile_id, offer.issuer_id, offer.names) == ("client", root.id, "reconciler")
    assert offered(ws, Remedy(RemedyKind.ISSUE_CLIENT, issuers=(b"0\x00",))) == ()
    ours = (facts(ws, issue_server(ws, root)),)
    (offer,) = offered(ws, Remedy(RemedyKind.ISSUE_CLIENT), chain=ours)
    assert isinstance(offer, IssueCertificate)
    assert offer.issuer_id == root.id
    assert offered(ws, Remedy(RemedyKind.ISSUE_CLIENT)) == ()


def test_what_expired_is_issued_anew_with_the_same_names(
    ws: Workspace, root: CertificateRow
) -> None:
    old = facts(ws, issue_server(ws, root, "web.test, 10.0.0.1"))
    (offer,) = offered(ws, Remedy(RemedyKind.RENEW, certificates=(old,)))
    assert isinstance(offer, IssueCertificate)
    assert (offer.profile_id, offer.issuer_id, offer.names) == (
        "server",
        root.id,
        "web.test, 10.0.0.1",
    )
    foreign = facts_of(signed(contents("a"), STRANGER).certificate)
    assert offered(ws, Remedy(RemedyKind.RENEW, certificates=(foreign,))) == ()


def test_a_ca_is_trusted_once(ws: Workspace) -> None:
    stranger = facts_of(STRANGER.certificate)
    wanted = Remedy(RemedyKind.TRUST, certificates=(stranger,))
    (offer,) = offered(ws, wanted)
    assert isinstance(offer, TestAgain)
    assert offer.label == "Trust “Stranger” in this test"
    assert offer.test.trust_certificates == (stranger.der,)
    (again,) = offered(ws, wanted, test=offer.test)
    assert isinstance(again, TestAgain)
    assert again.test == offer.test


def test_the_right_chain_is_saved(ws: Workspace) -> None:
    leaf, ca = facts_of(signed(contents("a"), STRANGER).certificate), facts_of(STRANGER.certificate)
    (offer,) = offered(ws, Remedy(RemedyKind.SEND_CHAIN, certificates=(leaf, ca)))
    assert isinstance(offer, SaveFile)
    assert offer.file.name == "api.test-chain.crt"
    assert offer.file.data.count(b"BEGIN CERTIFICATE") == 2
    assert offered(ws, Remedy(RemedyKind.SEND_CHAIN)) == ()


def test_other_questions(ws: Workspace) -> None:
    test = ConnectionTest("mail.test:25", identity_id=7, offer=Offered(("TLS 1.3",)))
    found = offered(
        ws,
        Remedy(RemedyKind.STARTTLS, ("smtp",)),
        Remedy(RemedyKind.VERSION),
        Remedy(RemedyKind.WITHOUT_IDENTITY),
        test=test,
    )
    asked = [offer.test for offer in found if isinstance(offer, TestAgain)]
    assert asked == [
        replace(test, starttls=StartTls.SMTP),
        replace(test, offer=Offered()),
        replace(test, identity_id=None),
    ]
    assert found[0].label == "Test again with STARTTLS for SMTP"
