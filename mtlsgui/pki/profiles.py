"""Profiles: named templates for issuing, and their TOML form."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import tomli_w

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import AlternativeName, NameKind, ParsedName, Subject, parse_name
from mtlsgui.pki.usages import KEY_USAGES, purpose_oid

LONGEST_DAYS = 365 * 100
_LONGEST_ID = 64


class ProfileError(MtlsguiError):
    """A profile that cannot be read or kept."""


@dataclass(frozen=True)
class Profile:
    """What certificates of one kind have in common.

    id: lower-case letters, digits and hyphens; names the file that a user's profile is kept in.
    days: the validity offered.
    key_usage, extended_key_usage: names of RFC 5280, or dotted OIDs for the latter.
    name_kinds: the kinds of alternative name that may be granted.
    uri_schemes: the schemes that a URI name may have; empty allows all.
    domains: DNS suffixes that DNS names and e-mail domains must lie under; empty allows all.
    names_required: whether at least one alternative name must be there.
    subject: parts that every subject takes over; its common name is not used.
    """

    id: str
    name: str
    description: str = ""
    days: int = 90
    key: KeyAlgorithm = KeyAlgorithm.P256
    key_usage: tuple[str, ...] = ("digitalSignature",)
    extended_key_usage: tuple[str, ...] = ()
    name_kinds: tuple[NameKind, ...] = tuple(NameKind)
    uri_schemes: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    names_required: bool = True
    subject: Subject = field(default_factory=Subject)
    built_in: bool = field(default=False, compare=False)

    @property
    def for_workloads(self) -> bool:
        """Whether what it makes are X.509-SVIDs, named by exactly one SPIFFE ID."""
        return self.uri_schemes == ("spiffe",)

    def refusal(self, name: AlternativeName) -> str:
        """Why `name` lies outside this profile, as a sentence; empty when it may be granted."""
        if name.kind not in self.name_kinds:
            allowed = ", ".join(kind.label for kind in self.name_kinds)
            return f"The profile “{self.name}” allows names of these kinds only: {allowed}."
        if (
            self.uri_schemes
            and name.kind is NameKind.URI
            and name.value.partition(":")[0].lower() not in self.uri_schemes
        ):
            return (
                f"The profile “{self.name}” allows URIs that begin with "
                f"{', '.join(f'{scheme}:' for scheme in self.uri_schemes)} only."
            )
        if self.domains and name.kind in (NameKind.DNS, NameKind.EMAIL):
            host = name.value.rpartition("@")[2].lower()
            if not any(host == suffix or host.endswith(f".{suffix}") for suffix in self._suffixes):
                return (
                    f"The profile “{self.name}” allows names under "
                    f"{', '.join(self._suffixes)} only."
                )
        return ""

    @property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(
            name.value
            for domain in self.domains
            if isinstance(name := _domain(domain), AlternativeName)
        )


def _domain(text: str) -> ParsedName:
    """A suffix as it is written in a profile: "example.com", ".example.com", "*.example.com"."""
    return parse_name(f"dns:{text.removeprefix('*').removeprefix('.')}")


BUILT_IN: Mapping[str, Profile] = {
    profile.id: profile
    for profile in (
        Profile(
            "server",
            "Server",
            "Proves a server's identity to those who connect to it.",
            key_usage=("digitalSignature", "keyEncipherment"),
            extended_key_usage=("serverAuth",),
            name_kinds=(NameKind.DNS, NameKind.IP, NameKind.URI),
            built_in=True,
        ),
        Profile(
            "client",
            "Client",
            "Proves who connects: a service, a device or a person.",
            extended_key_usage=("clientAuth",),
            names_required=False,
            built_in=True,
        ),
        Profile(
            "peer",
            "Peer",
            "Server and client in one, for services that call each other.",
            key_usage=("digitalSignature", "keyEncipherment"),
            extended_key_usage=("serverAuth", "clientAuth"),
            name_kinds=(NameKind.DNS, NameKind.IP, NameKind.URI),
            built_in=True,
        ),
        Profile(
            "spiffe",
            "SPIFFE workload",
            "An X.509-SVID: a workload named by its SPIFFE ID.",
            days=7,
            extended_key_usage=("serverAuth", "clientAuth"),
            name_kinds=(NameKind.URI, NameKind.DNS),
            uri_schemes=("spiffe",),
            built_in=True,
        ),
    )
}
"""The profiles that come with mtlsgui; read-only, copied to be changed."""


def slug(name: str) -> str:
    """A profile id made from a name."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return words[:_LONGEST_ID].strip("-") or "profile"


def copy_of(profile: Profile, name: str) -> Profile:
    """A profile of the user's own that begins as `profile`."""
    return replace(profile, id=slug(name), name=name, built_in=False)


def to_toml(profile: Profile) -> str:
    """The TOML form; `from_toml` reads it back."""
    subject = {key: value for key, value in vars(profile.subject).items() if value}
    document: dict[str, Any] = {
        "id": profile.id,
        "name": profile.name,
        "description": profile.description,
        "days": profile.days,
        "key": profile.key.value,
        "key_usage": list(profile.key_usage),
        "extended_key_usage": list(profile.extended_key_usage),
        "name_kinds": [kind.value for kind in profile.name_kinds],
        "uri_schemes": list(profile.uri_schemes),
        "domains": list(profile.domains),
        "names_required": profile.names_required,
    }
    if subject:
        document["subject"] = subject
    return tomli_w.dumps(document)


def from_toml(text: str) -> Profile:
    """The profile in a TOML document.

    Raises ProfileError that names the key at fault.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(
            "The profile is not valid TOML.", str(error), "Mend the file, or remove it."
        ) from None
    return _from_document(document)


def _from_document(document: dict[str, Any]) -> Profile:
    known = {
        "id", "name", "description", "days", "key", "key_usage", "extended_key_usage",
        "name_kinds", "uri_schemes", "domains", "names_required", "subject",
    }  # fmt: skip
    unknown = sorted(set(document) - known)
    if unknown:
        raise _fault(f"it has an unknown entry “{unknown[0]}”")
    name = _typed(document, "name", str, "")
    if not name.strip():
        raise _fault("it has no name")
    try:
        key = KeyAlgorithm(_typed(document, "key", str, "p256"))
        kinds = tuple(
            NameKind(kind) for kind in _strings(document, "name_kinds", [k.value for k in NameKind])
        )
    except ValueError as error:
        raise _fault(str(error)) from None
    subject = _typed(document, "subject", dict, {})
    if set(subject) - set(vars(Subject())) or not all(isinstance(v, str) for v in subject.values()):
        raise _fault("“subject” has an entry that is not a part of a name")
    profile = Profile(
        id=_typed(document, "id", str, slug(name)),
        name=name,
        description=_typed(document, "description", str, ""),
        days=_typed(document, "days", int, 90),
        key=key,
        key_usage=_strings(document, "key_usage", ["digitalSignature"]),
        extended_key_usage=_strings(document, "extended_key_usage", []),
        name_kinds=kinds,
        uri_schemes=_strings(document, "uri_schemes", []),
        domains=_strings(document, "domains", []),
        names_required=_typed(document, "names_required", bool, True),
        subject=Subject(**subject),
    )
    check(profile)
    return profile


def check(profile: Profile) -> None:
    """Raises ProfileError where `profile` could not be issued from."""
    if len(profile.id) > _LONGEST_ID or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", profile.id):
        raise _fault("its id may have lower-case letters, digits and hyphens only")
    if not profile.name.strip():
        raise _fault("it has no name")
    if not 1 <= profile.days <= LONGEST_DAYS:
        raise _fault(f"the validity must lie between 1 and {LONGEST_DAYS} days")
    for usage in profile.key_usage:
        if usage not in KEY_USAGES:
            raise _fault(f"there is no key usage “{usage}”")
        if usage in ("keyCertSign", "cRLSign"):
            raise _fault(f"“{usage}” is for authorities; profiles make end-entity certificates")
    if {"encipherOnly", "decipherOnly"} & set(profile.key_usage) and (
        "keyAgreement" not in profile.key_usage
    ):
        raise _fault("encipherOnly and decipherOnly mean nothing without keyAgreement")
    if profile.names_required and not profile.name_kinds:
        raise _fault("it asks for a name and allows none")
    for scheme in profile.uri_schemes:
        if not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme):
            raise _fault(f"“{scheme}” is not the scheme of a URI, in lower case")
    for domain in profile.domains:
        if not isinstance(_domain(domain), AlternativeName):
            raise _fault(f"“{domain}” is not a domain")
    for purpose in profile.extended_key_usage:
        try:
            purpose_oid(purpose)
        except ValueError:
            raise _fault(f"there is no extended key usage “{purpose}”") from None
    faults = profile.subject.problems()
    if faults:
        raise _fault(faults[0])


def _typed(document: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = document.get(key, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _fault(f"“{key}” is not of the right type")
    return value


def _strings(document: dict[str, Any], key: str, default: list[str]) -> tuple[str, ...]:
    values = _typed(document, key, list, default)
    if not all(isinstance(value, str) for value in values):
        raise _fault(f"“{key}” is a list of texts")
    return tuple(values)


def _fault(detail: str) -> ProfileError:
    return ProfileError(
        "This profile cannot be used.",
        f"{detail[0].upper()}{detail[1:].removesuffix('.')}.",
        "Change it in Preferences, Profiles, or mend its file.",
    )
