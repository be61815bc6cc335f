"""What can be done here and now about the problems that a connection test found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from mtlsgui.formats.write import to_pem
from mtlsgui.inventory.records import CertificateRow, Status
from mtlsgui.pki.chain import signed_by
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.tls.question import StartTls
from mtlsgui.tls.result import ProbeResult, Problem, Remedy, RemedyKind
from mtlsgui.workspace import issuers
from mtlsgui.workspace.connecting import ConnectionTest, authorities, identities
from mtlsgui.workspace.copies import file_stem
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.output_files import OutputFile
from mtlsgui.workspace.workspace import Workspace

MOST_IDENTITIES_OFFERED = 3
_USABLE = (Status.VALID, Status.EXPIRES_SOON, Status.ISSUER_MISSING)

ISSUE_SERVER = "Issue a certificate with the right names…"
ISSUE_CLIENT = "Issue a client certificate…"
RENEW = "Issue a new one…"
SAVE_CHAIN = "Save the right chain…"
PRESENT = "Present “{}”"
TRUST = "Trust “{}” in this test"
STARTTLS = "Test again with STARTTLS for {}"
ANY_VERSION = "Test again with any TLS version"
WITHOUT = "Test again without a certificate"
LABELS = (
    ISSUE_SERVER,
    ISSUE_CLIENT,
    RENEW,
    SAVE_CHAIN,
    PRESENT,
    TRUST,
    STARTTLS,
    ANY_VERSION,
    WITHOUT,
)
"""All that a button can say; the window has them in its own language."""


@dataclass(frozen=True)
class Offer:
    """A button.

    problem: what it is a remedy for. words: one of `LABELS`. about: what stands in place of
    its "{}".
    """

    kind: RemedyKind
    words: str
    about: str
    problem: Problem = field(repr=False)

    @property
    def label(self) -> str:
        """What the button says."""
        return self.words.format(self.about)


@dataclass(frozen=True)
class TestAgain(Offer):
    """Make this test in place of the one that was made."""

    __test__ = False  # pytest looks at the name

    test: ConnectionTest


@dataclass(frozen=True)
class IssueCertificate(Offer):
    """Fill the wizard for a new certificate.

    profile_id: "server" or "client". names: as the wizard takes them, typed.
    """

    profile_id: str
    issuer_id: int
    names: str


@dataclass(frozen=True)
class SaveFile(Offer):
    """Let the person save a file."""

    file: OutputFile


def offers(ws: Workspace, test: ConnectionTest, result: ProbeResult) -> tuple[Offer, ...]:
    """Buttons for the problems of a result, by problem, the best first.

    What cannot be done here has none: nobody issues for an authority whose key is elsewhere.
    Reads certificates of the inventory: not for the window's thread.
    """
    maker = _Maker(ws, test, result)
    return tuple(
        offer
        for problem in result.problems
        for remedy in problem.remedies
        for offer in maker.offers(problem, remedy)
    )


class _Maker:
    """Makes offers for one result; what several need is read once."""

    def __init__(self, ws: Workspace, test: ConnectionTest, result: ProbeResult) -> None:
        self._ws, self._test, self._result = ws, test, result
        self._issuers: tuple[Issuer, ...] | None = None

    def offers(self, problem: Problem, remedy: Remedy) -> Iterator[Offer]:
        kind = remedy.kind
        match kind:
            case RemedyKind.ISSUE_SERVER:
                yield from self._issue_server(problem, remedy)
            case RemedyKind.ISSUE_CLIENT:
                yield from self._issue_client(problem, remedy)
            case RemedyKind.RENEW:
                yield from self._renew(problem, remedy)
            case RemedyKind.SEND_CHAIN if remedy.certificates:
                file = self._chain_file(remedy.certificates)
                yield SaveFile(kind, SAVE_CHAIN, "", problem, file)
            case RemedyKind.CHOOSE_IDENTITY:
                for row in self._presentable(problem, remedy.issuers):
                    again = replace(self._test, identity_id=row.id, identity_files=())
                    yield TestAgain(kind, PRESENT, row.name, problem, again)
            case RemedyKind.TRUST if remedy.certificates:
                facts = remedy.certificates[0]
                trusted = dict.fromkeys((*self._test.trust_certificates, facts.der))
                again = replace(self._test, trust_certificates=tuple(trusted))
                yield TestAgain(kind, TRUST, display_name(facts), problem, again)
            case RemedyKind.STARTTLS if remedy.names:
                begun = StartTls(remedy.names[0])
                again = replace(self._test, starttls=begun)
                yield TestAgain(kind, STARTTLS, begun.label, problem, again)
            case RemedyKind.VERSION:
                again = replace(self._test, offer=replace(self._test.offer, versions=()))
                yield TestAgain(kind, ANY_VERSION, "", problem, again)
            case RemedyKind.WITHOUT_IDENTITY:
                again = replace(self._test, identity_id=None, identity_files=())
                yield TestAgain(kind, WITHOUT, "", problem, again)

    def _issue_server(self, problem: Problem, remedy: Remedy) -> Iterator[Offer]:
        """Only where the authority of the server's certificate is ours."""
        if not self._result.server_chain:
            return
        issuer = self._issuer_of(self._result.server_chain[0])
        if issuer is not None:
            names = _typed(remedy.names)
            yield IssueCertificate(remedy.kind, ISSUE_SERVER, "", problem, "server", issuer, names)

    def _issue_client(self, problem: Problem, remedy: Remedy) -> Iterator[Offer]:
        chain = self._result.server_chain
        if remedy.issuers:
            issuer = self._issuer_named(remedy.issuers)
        else:  # it names no CA: one that issued the server's own is the likeliest
            issuer = self._issuer_of(chain[0]) if chain else None
        if issuer is not None:
            names = _typed(remedy.names) or self._identity_names()
            yield IssueCertificate(remedy.kind, ISSUE_CLIENT, "", problem, "client", issuer, names)

    def _renew(self, problem: Problem, remedy: Remedy) -> Iterator[Offer]:
        if not remedy.certificates:
            return
        facts = remedy.certificates[0]
        issuer = self._issuer_of(facts)
        if issuer is None or facts.is_ca:
            return
        usages = facts.extended_key_usage or ()
        profile = "server" if "serverAuth" in usages else "client"
        names = _typed(facts.san or ()) or facts.common_name or ""
        yield IssueCertificate(remedy.kind, RENEW, "", problem, profile, issuer, names)

    def _available(self) -> tuple[Issuer, ...]:
        if self._issuers is None:
            self._issuers = issuers.available(self._ws)
        return self._issuers

    def _issuer_of(self, facts: CertificateFacts) -> int | None:
        """The authority of ours that signed it, where we hold its key."""
        for issuer in self._available():
            if signed_by(facts, self._facts(issuer.id)):
                return issuer.id
        return None

    def _issuer_named(self, names: Sequence[bytes]) -> int | None:
        """An authority of ours whose certificates a server takes: it names it, or one above it."""
        wanted = frozenset(names)
        for issuer in self._available():
            chain = self._ws.inventory.certificates.chain(issuer.id)
            if wanted & {self._facts(row.id).subject_der for row in chain}:
                return issuer.id
        return None

    def _presentable(self, problem: Problem, names: Sequence[bytes]) -> list[CertificateRow]:
        """Certificates that may well be taken: of the CAs named, usable now, made for clients.

        Where the server names none and does not trust a CA, others of the same are of no use.
        """
        accepted = self._below(names) if names else None
        rows = [
            row
            for row in identities(self._ws)
            if row.id != self._test.identity_id
            and row.status in _USABLE
            and (accepted is None or row.issuer_id in accepted)
        ]
        rows.sort(key=_preference, reverse=True)
        refused, presented = None, self._test.identity_id
        if presented and not names and problem.code == "client_certificate_unknown_authority":
            refused = self._top(presented)
        useful = (row for row in rows if refused is None or self._top(row.id) != refused)
        return list(islice(useful, MOST_IDENTITIES_OFFERED))

    def _top(self, certificate_id: int) -> int:
        """The CA at the end of its chain, as far as we hold it."""
        return self._ws.inventory.certificates.chain(certificate_id)[-1].id

    def _below(self, names: Sequence[bytes]) -> set[int]:
        """The CAs of these names, and those under them."""
        rows = {row.id: row for row in authorities(self._ws)}
        wanted = frozenset(names)
        named = {each for each in rows if self._facts(each).subject_der in wanted}
        return {
            each
            for each in rows
            if named & {above.id for above in self._ws.inventory.certificates.chain(each)}
        }

    def _identity_names(self) -> str:
        """Those of the certificate that was presented, to make another like it."""
        for row in self._ws.inventory.certificates.get_many([self._test.identity_id or 0]):
            return _typed(row.san) or row.name
        return ""

    def _chain_file(self, certificates: Sequence[CertificateFacts]) -> OutputFile:
        return OutputFile(f"{file_stem(self._result.server_name)}-chain.crt", to_pem(certificates))

    def _facts(self, certificate_id: int) -> CertificateFacts:
        return read_certificate(self._ws.inventory.certificates.der(certificate_id))


def _preference(row: CertificateRow) -> tuple[bool, bool, datetime]:
    return row.kind in ("client", "peer"), row.status is Status.VALID, row.not_after


def _typed(names: Sequence[str]) -> str:
    """Names as the wizard's field takes them, without the kinds that it finds by itself."""
    return ", ".join(
        name.partition(":")[2] if name.startswith(("dns:", "ip:", "email:", "uri:")) else name
        for name in dict.fromkeys(names)
    )
