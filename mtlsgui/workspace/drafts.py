"""What a wizard, or a command line, fills in before something is made.

A draft knows nothing of windows. `problems` says what keeps it from being made (and what is only
worth knowing), field by field; `contents` is what the certificate will hold.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from mtlsgui.pki import names, requests
from mtlsgui.pki.constraints import NameConstraints, Subtree, parse_subtrees
from mtlsgui.pki.issuing import Contents, validity
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import (
    MAX_COMMON_NAME,
    AlternativeName,
    NameKind,
    ParsedName,
    RejectedName,
    Subject,
)
from mtlsgui.pki.profiles import BUILT_IN, LONGEST_DAYS, Profile
from mtlsgui.workspace.issuers import Addresses, Issuer, parse_urls

ROOT_DAYS = 3650
INTERMEDIATE_DAYS = 1825
LONG_ROOT_DAYS = 7305  # 20 years


@dataclass(frozen=True)
class Problem:
    """Something about one field of a draft.

    blocking: whether the draft can not be made with it.
    """

    field: str
    message: str
    blocking: bool = True


@dataclass
class AuthorityDraft:
    """A root, or an intermediate where `parent_id` names the authority above.

    days: whole days; path_length: None does not limit the intermediates below.
    permitted_text, excluded_text: name constraints as typed, separated by commas or spaces.
    crl_text, ocsp_text, issuer_text: addresses that it puts into what it issues.
    """

    subject: Subject = field(default_factory=Subject)
    algorithm: KeyAlgorithm = KeyAlgorithm.P384
    days: int = ROOT_DAYS
    path_length: int | None = None
    permitted_text: str = ""
    excluded_text: str = ""
    crl_text: str = ""
    ocsp_text: str = ""
    issuer_text: str = ""
    parent_id: int | None = None

    def constraints(self) -> NameConstraints:
        return NameConstraints(_subtrees(self.permitted_text), _subtrees(self.excluded_text))

    def addresses(self) -> Addresses:
        return Addresses(
            parse_urls(self.crl_text), parse_urls(self.ocsp_text), parse_urls(self.issuer_text)
        )

    def problems(self, now: datetime, parent: Issuer | None = None) -> tuple[Problem, ...]:
        """Everything to say about the draft, in the order of the fields."""
        found = []
        if not self.subject.common_name.strip():
            found.append(Problem("common_name", "Give the authority a name."))
        found += [Problem("subject", sentence) for sentence in self.subject.problems()]
        found += _days_problems(self.days, now, parent)
        if parent is None and self.days > LONG_ROOT_DAYS:
            found.append(
                Problem(
                    "days",
                    "More than 20 years: the key and its algorithm must last as long.",
                    blocking=False,
                )
            )
        found += self._path_problems(parent)
        for name, text in (("permitted", self.permitted_text), ("excluded", self.excluded_text)):
            found += [
                Problem(name, f"{fault.typed}: {fault.reason}")
                for fault in parse_subtrees(text)
                if isinstance(fault, RejectedName)
            ]
        found += [Problem("addresses", sentence) for sentence in self.addresses().problems()]
        return tuple(found)

    def _path_problems(self, parent: Issuer | None) -> list[Problem]:
        if self.path_length is not None and self.path_length < 0:
            return [Problem("path_length", "The path length is 0 or more.")]
        if parent is None or parent.path_length is None:
            return []
        if parent.path_length == 0:
            return [Problem("parent", f"{parent.name} may not have intermediates below it.")]
        most = parent.path_length - 1
        if self.path_length is None or self.path_length > most:
            return [
                Problem("path_length", f"{parent.name} allows a path length of {most} at most.")
            ]
        return []

    def contents(self, now: datetime, parent: Issuer | None = None) -> Contents:
        """What the certificate will hold. The addresses in it are those of the authority above."""
        above = parent.addresses if parent else Addresses()
        return Contents(
            subject=_stripped(self.subject).name(),
            validity=validity(now, self.days, issuer=parent.validity if parent else None),
            key_usage=("digitalSignature", "keyCertSign", "cRLSign"),
            is_ca=True,
            path_length=self.path_length,
            constraints=self.constraints(),
            crl_urls=above.crl,
            ocsp_urls=above.ocsp,
            issuer_urls=above.issuer,
        )


@dataclass(frozen=True)
class SignedRequest:
    """A request to be signed, and whether its names are taken over.

    take_names: whether the names asked for are granted where the profile allows them.
    """

    der: bytes = field(repr=False)
    asked: requests.Asked
    take_names: bool = True


@dataclass
class CertificateDraft:
    """An end-entity certificate.

    issuer_id: the authority it is issued under; None makes it self-signed, for testing.
    names_text: alternative names as typed.
    common_name: None follows the first name.
    days, algorithm: None take the profile's.
    held_key_id: a key of the inventory to use; request: somebody else's request. At most one of
        the two; without either a new key is made.
    """

    profile: Profile = BUILT_IN["server"]
    issuer_id: int | None = None
    names_text: str = ""
    common_name: str | None = None
    subject: Subject | None = None
    days: int | None = None
    algorithm: KeyAlgorithm | None = None
    held_key_id: int | None = None
    request: SignedRequest | None = None

    @property
    def effective_days(self) -> int:
        return self.profile.days if self.days is None else self.days

    @property
    def effective_algorithm(self) -> KeyAlgorithm:
        return self.profile.key if self.algorithm is None else self.algorithm

    def parsed_names(self) -> list[ParsedName]:
        """The names typed, each as it was understood."""
        return names.parse_names(self.names_text)

    def names(self, issuer: Issuer | None = None) -> tuple[AlternativeName, ...]:
        """What the certificate will hold: the names granted of the request, then those typed."""
        granted = self.grant(issuer).names if self.request else ()
        return tuple(dict.fromkeys((*granted, *names.accepted(self.parsed_names()))))

    def grant(self, issuer: Issuer | None = None) -> requests.Grant:
        """What is granted of the request. Raises ValueError where there is none."""
        if self.request is None:
            raise ValueError("the draft has no request")
        return requests.weigh(
            self.request.asked,
            self.profile,
            take_names=self.request.take_names,
            given=names.accepted(self.parsed_names()),
            outside=issuer.refusal if issuer else lambda _name: "",
        )

    def effective_common_name(self) -> str:
        """As given, else the first name where it can be one."""
        if self.common_name is not None:
            return self.common_name.strip()
        if self.profile.for_workloads:
            return ""
        for name in names.accepted(self.parsed_names()):
            if name.kind is not NameKind.URI and len(name.value) <= MAX_COMMON_NAME:
                return name.value
        return ""

    def subject_name(self, issuer: Issuer | None = None) -> x509.Name:
        """The subject: the request's where one is signed and nothing else was given."""
        if self.request and self.common_name is None and self.subject is None:
            return self.grant(issuer).subject
        base = self.subject or self.profile.subject
        common_name = self.effective_common_name()
        if self.request and self.common_name is None:
            granted = self.grant(issuer).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            common_name = str(granted[0].value) if granted else common_name
        return _stripped(replace(base, common_name=common_name)).name()

    def problems(self, now: datetime, issuer: Issuer | None = None) -> tuple[Problem, ...]:
        """Everything to say about the draft, in the order of the fields."""
        found = [
            Problem("names", f"{fault.typed}: {fault.reason}")
            for fault in names.rejected(self.parsed_names())
        ]
        held = self.names(issuer)
        found += self._names_problems(held, issuer)
        found += [
            Problem("subject", sentence)
            for sentence in replace(
                self.subject or self.profile.subject, common_name=self.effective_common_name()
            ).problems()
        ]
        found += _days_problems(self.effective_days, now, issuer)
        if self.request and not self.request.asked.signature_valid:
            found.append(
                Problem(
                    "request",
                    "The request's signature is wrong: its sender does not prove to hold the key.",
                )
            )
        return tuple(found)

    def _names_problems(
        self, held: tuple[AlternativeName, ...], issuer: Issuer | None
    ) -> list[Problem]:
        found = []
        if not held and (self.profile.names_required or not self.subject_name(issuer).rdns):
            found.append(Problem("names", _no_names(self.profile)))
        for name in held:
            refusal = self.profile.refusal(name) or (issuer.refusal(name) if issuer else "")
            if refusal:
                found.append(Problem("names", f"{name.typed or name.value}: {refusal}"))
        uris = [name for name in held if name.kind is NameKind.URI]
        if self.profile.for_workloads and held and len(uris) != 1:
            # X.509-SVID, section 2: exactly one URI SAN.
            found.append(Problem("names", "A SPIFFE workload has exactly one SPIFFE ID."))
        found += [
            Problem("names", f"{name.typed or name.value}: {name.note}", blocking=False)
            for name in held
            if name.note
        ]
        return found

    def contents(self, now: datetime, issuer: Issuer | None = None) -> Contents:
        """What the certificate will hold."""
        addresses = issuer.addresses if issuer else Addresses()
        return Contents(
            subject=self.subject_name(issuer),
            validity=validity(now, self.effective_days, issuer=issuer.validity if issuer else None),
            names=self.names(issuer),
            key_usage=self.profile.key_usage,
            extended_key_usage=self.profile.extended_key_usage,
            crl_urls=addresses.crl,
            ocsp_urls=addresses.ocsp,
            issuer_urls=addresses.issuer,
        )


def _no_names(profile: Profile) -> str:
    if profile.for_workloads:
        return "Give the SPIFFE ID of the workload, such as spiffe://example.org/ns/prod/sa/api."
    if "serverAuth" in profile.extended_key_usage:
        return "Give at least one name that others will connect to."
    return "Give at least one name."


@dataclass
class RequestDraft:
    """A key and a request for somebody else's authority. Fields as in `CertificateDraft`."""

    profile: Profile = BUILT_IN["server"]
    names_text: str = ""
    common_name: str | None = None
    subject: Subject | None = None
    algorithm: KeyAlgorithm | None = None
    held_key_id: int | None = None

    def as_certificate(self) -> CertificateDraft:
        """The same fields as a certificate's draft, whose rules for names hold here too."""
        return CertificateDraft(
            profile=self.profile,
            names_text=self.names_text,
            common_name=self.common_name,
            subject=self.subject,
            algorithm=self.algorithm,
            held_key_id=self.held_key_id,
        )

    def problems(self, now: datetime) -> tuple[Problem, ...]:
        return self.as_certificate().problems(now)


def blocking(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those that keep a draft from being made."""
    return tuple(problem for problem in problems if problem.blocking)


def _subtrees(text: str) -> tuple[Subtree, ...]:
    return tuple(part for part in parse_subtrees(text) if isinstance(part, Subtree))


def _stripped(subject: Subject) -> Subject:
    return Subject(**{name: value.strip() for name, value in vars(subject).items()})


def _days_problems(days: int, now: datetime, issuer: Issuer | None) -> list[Problem]:
    if not 1 <= days <= LONGEST_DAYS:
        return [Problem("days", f"The validity lies between 1 and {LONGEST_DAYS:,} days.")]
    if issuer is None:
        return []
    if issuer.validity.not_after <= now:
        return [Problem("issuer", f"{issuer.name} has expired. Renew it, or choose another.")]
    if validity(now, days).not_after > issuer.validity.not_after:
        end = issuer.validity.not_after
        return [
            Problem(
                "days",
                f"Cut to the end of {issuer.name}: {end.day} {end:%b %Y}.",
                blocking=False,
            )
        ]
    return []
