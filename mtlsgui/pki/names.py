"""Names as people type them, and as a certificate holds them.

A subject alternative name (RFC 5280, section 4.2.1.6) is recognised from free text: a DNS name
(with wildcard, internationalised names turned into A-labels by UTS 46), an IP address, an e-mail
address or a URI. What cannot be one is said with its reason, never dropped.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

import idna
from cryptography import x509
from cryptography.x509.oid import NameOID

MAX_COMMON_NAME = 64  # ub-common-name, RFC 5280, appendix A.1
_LONGEST_DNS_NAME = 253
_LONGEST_SPIFFE_ID = 2048  # SPIFFE ID specification, section 2.3
_LONGEST_TRUST_DOMAIN = 255  # section 2.1


class NameKind(StrEnum):
    """The kinds of alternative name that mtlsgui issues."""

    DNS = "dns"
    IP = "ip"
    EMAIL = "email"
    URI = "uri"

    @property
    def label(self) -> str:
        return {"dns": "DNS", "ip": "IP", "email": "E-mail", "uri": "URI"}[self.value]


@dataclass(frozen=True)
class AlternativeName:
    """One subject alternative name.

    value: as it stands in the certificate (A-label, canonical address, …).
    typed: as the person wrote it.
    note: one thing worth knowing about it; may be empty.
    """

    kind: NameKind
    value: str
    typed: str = field(default="", compare=False)
    note: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The form of `mtlsctl` and of the inventory: "dns:api.example"."""
        return f"{self.kind}:{self.value}"

    @property
    def shown(self) -> str:
        """For a chip: "DNS bücher.example → xn--bcher-kva.example"."""
        if self.typed and self.typed.casefold() != self.value.casefold():
            return f"{self.kind.label} {self.typed} → {self.value}"
        return f"{self.kind.label} {self.value}"

    def general_name(self) -> x509.GeneralName:
        """The GeneralName of RFC 5280, section 4.2.1.6."""
        match self.kind:
            case NameKind.DNS:
                return x509.DNSName(self.value)
            case NameKind.IP:
                return x509.IPAddress(ipaddress.ip_address(self.value))
            case NameKind.EMAIL:
                return x509.RFC822Name(self.value)
            case NameKind.URI:
                return x509.UniformResourceIdentifier(self.value)


@dataclass(frozen=True)
class RejectedName:
    """What was typed and is no name, with the reason as a sentence."""

    typed: str
    reason: str


ParsedName = AlternativeName | RejectedName

_SEPARATORS = re.compile(r"[\s,;]+")
_PREFIX = re.compile(r"(dns|ip|email|uri):(?!//)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_OPAQUE_URI = re.compile(r"urn:[a-z0-9][a-z0-9-]*:", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
_HOST_AND_PORT = re.compile(r"(.+):(\d{1,5})")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_URI = re.compile(r"(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")  # RFC 3986, 2


def parse_names(text: str) -> list[ParsedName]:
    """Every name in `text`, separated by commas, semicolons, spaces or line ends.

    The order is kept, a name that came before is left out.
    """
    parsed: list[ParsedName] = []
    for word in _SEPARATORS.split(text.strip()):
        if word:
            name = parse_name(word)
            if name not in parsed:
                parsed.append(name)
    return parsed


def parse_name(word: str) -> ParsedName:
    """What one word is: an alternative name, or why it is none.

    A prefix ("dns:", "ip:", "email:", "uri:") fixes the kind.
    """
    prefix = _PREFIX.match(word)
    if prefix:
        kind, value = prefix[1].lower(), word[prefix.end() :]
        if not value:
            return RejectedName(word, "There is nothing after the prefix.")
        parse = {"dns": _dns, "ip": _ip, "email": _email, "uri": _uri}[kind]
        name = parse(value)
        return RejectedName(word, name.reason) if isinstance(name, RejectedName) else name
    if _SCHEME.match(word) or _OPAQUE_URI.match(word):
        return _uri(word)
    if "@" in word:
        return _email(word)
    if _looks_like_address(word):
        return _ip(word)
    return _dns(word)


def accepted(names: Iterable[ParsedName]) -> tuple[AlternativeName, ...]:
    """Those that are names."""
    return tuple(name for name in names if isinstance(name, AlternativeName))


def rejected(names: Iterable[ParsedName]) -> tuple[RejectedName, ...]:
    """Those that are not."""
    return tuple(name for name in names if isinstance(name, RejectedName))


def _looks_like_address(word: str) -> bool:
    bare = word.partition("/")[0]
    if re.fullmatch(r"[\d.]+", bare) and "." in bare:
        return True
    return bare.count(":") >= 2 or bare.startswith("[")


def _ip(word: str) -> ParsedName:
    text = word
    if text.startswith("["):
        text, bracket, port = text[1:].partition("]")
        if not bracket:
            return RejectedName(word, "The closing bracket of the address is missing.")
        if port:
            return RejectedName(word, f"A certificate has no port in it. Write {text}.")
    if "/" in text:
        return RejectedName(word, "This is a network. A certificate names single addresses.")
    if "%" in text:
        return RejectedName(word, "A zone such as %eth0 means nothing to others. Leave it out.")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        host = _HOST_AND_PORT.fullmatch(text)
        if host and _is_address(host[1]):
            return RejectedName(word, f"A certificate has no port in it. Write {host[1]}.")
        return RejectedName(word, "This looks like an IP address, but is not a valid one.")
    return AlternativeName(NameKind.IP, address.compressed, word)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _dns(word: str) -> ParsedName:
    host = _HOST_AND_PORT.fullmatch(word)
    if host:
        return RejectedName(word, f"A certificate has no port in it. Write {host[1]}.")
    if "/" in word or ":" in word:
        return RejectedName(word, "This is neither a host name nor a URI with a scheme.")
    wildcard, rest = ("*.", word[2:]) if word.startswith("*.") else ("", word)
    if "*" in rest:
        return RejectedName(word, "A wildcard stands for the whole first label: *.example.com.")
    a_label = _to_a_label(rest.removesuffix("."))
    if isinstance(a_label, str):
        reason = _dns_fault(a_label)
        if reason:
            return RejectedName(word, reason)
        value = wildcard + a_label
        if len(value) > _LONGEST_DNS_NAME:
            return RejectedName(word, "A DNS name has at most 253 characters.")
        return AlternativeName(NameKind.DNS, value, word, _dns_note(wildcard, a_label))
    return RejectedName(word, a_label.reason)


def _to_a_label(name: str) -> str | RejectedName:
    if name.isascii():
        return name.lower()
    try:
        encoded = idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError as error:
        return RejectedName(name, f"This is not a valid internationalised name: {error}.")
    return encoded.removesuffix(".")  # other scripts have full stops of their own


def _dns_fault(name: str) -> str:
    if not name:
        return "A host name is missing."
    if len(name) > _LONGEST_DNS_NAME:
        return "A DNS name has at most 253 characters."
    for label in name.split("."):
        if not label:
            return "There is an empty part between two dots."
        if len(label) > 63:
            return "A part between dots has at most 63 characters."
        if not _LABEL.fullmatch(label):
            return "A host name has letters, digits and hyphens, no hyphen at an end of a part."
    if label.isdigit():
        # RFC 3696, section 2: so it cannot be mistaken for an address.
        return "The last part of a host name is not a number. Write an address in full."
    return ""


def _dns_note(wildcard: str, name: str) -> str:
    if wildcard and "." not in name:
        return "A wildcard directly under a top-level name is refused by most clients."
    if wildcard:
        return f"Stands for one label only: a.{name}, not a.b.{name}."
    if "_" in name:
        return "An underscore is not allowed in host names; some clients refuse it."
    return ""


def _email(word: str) -> ParsedName:
    local, _, domain = word.rpartition("@")
    if not local.isascii():
        return RejectedName(word, "Letters outside ASCII before the @ are not supported.")
    if (
        not _LOCAL_PART.fullmatch(local)
        or local.startswith(".")
        or local.endswith(".")
        or ".." in local
    ):
        return RejectedName(word, "The part before the @ is not a valid mailbox name.")
    a_label = _to_a_label(domain)
    if not isinstance(a_label, str):
        return RejectedName(word, a_label.reason)
    reason = _dns_fault(a_label)
    if reason:
        return RejectedName(word, f"The part after the @: {reason[0].lower()}{reason[1:]}")
    return AlternativeName(NameKind.EMAIL, f"{local}@{a_label}", word)


def _uri(word: str) -> ParsedName:
    if not word.isascii():
        return RejectedName(word, "A URI is written in ASCII; encode other letters with %.")
    try:
        parts = urlsplit(word)
        parts.port  # noqa: B018 - raises where the port is none
    except ValueError:
        return RejectedName(word, "This is not a valid URI.")
    if not parts.scheme:
        return RejectedName(word, "A URI begins with a scheme, for example spiffe://.")
    if parts.scheme.lower() == "spiffe":
        return _spiffe(word)
    if not parts.netloc and not parts.path:
        return RejectedName(word, "There is nothing after the scheme.")
    if not _URI.fullmatch(word):
        return RejectedName(word, "A URI has no such characters; encode them with %.")
    note = ""
    if parts.scheme.lower() in ("http", "https"):
        if not parts.hostname:
            return RejectedName(word, "The host name is missing.")
        note = f"Browsers and servers compare host names: they want {parts.hostname}."
    return AlternativeName(NameKind.URI, word, word, note)


def _spiffe(word: str) -> ParsedName:
    """A SPIFFE ID (SPIFFE-ID specification, section 2)."""
    scheme, _, rest = word.partition("://")
    domain, slash, path = rest.partition("/")
    if not re.fullmatch(r"[a-z0-9._-]+", domain):
        return RejectedName(
            word, "A SPIFFE trust domain has lower-case letters, digits, dots, - and _ only."
        )
    if slash and not all(
        re.fullmatch(r"[A-Za-z0-9._-]+", part) and part not in (".", "..")
        for part in path.split("/")
    ):
        return RejectedName(
            word, "A part of a SPIFFE path has letters, digits, dots, - and _, and is not empty."
        )
    if len(domain) > _LONGEST_TRUST_DOMAIN:
        return RejectedName(word, "A SPIFFE trust domain has at most 255 characters.")
    if len(word) > _LONGEST_SPIFFE_ID:
        return RejectedName(word, "A SPIFFE ID has at most 2,048 bytes.")
    return AlternativeName(NameKind.URI, f"{scheme.lower()}://{rest}", word)


@dataclass(frozen=True)
class Subject:
    """The parts of a distinguished name that mtlsgui asks for (RFC 5280, section 4.1.2.6).

    `country` is a two-letter code (ISO 3166). Empty parts are left out of the name.
    """

    common_name: str = ""
    organization: str = ""
    organizational_unit: str = ""
    locality: str = ""
    state: str = ""
    country: str = ""

    def problems(self) -> tuple[str, ...]:
        """What a certificate could not hold, as sentences."""
        found = []
        # `cryptography` counts the common name's bytes, as older readers do; RFC 5280 characters.
        size = len(self.common_name.encode("utf-8", "replace"))
        if size > MAX_COMMON_NAME:
            found.append(f"The common name takes {size} bytes; at most {MAX_COMMON_NAME} fit.")
        for label, value, longest in (
            ("The common name", self.common_name, size),
            ("The organisation", self.organization, 64),
            ("The department", self.organizational_unit, 64),
            ("The place", self.locality, 128),
            ("The state", self.state, 128),
        ):
            if len(value) > longest:
                found.append(f"{label} has {len(value)} characters; at most {longest} are allowed.")
            if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
                found.append(f"{label} has a control character in it.")
        if self.country and not re.fullmatch(r"[A-Za-z]{2}", self.country):
            found.append("The country is a code of two letters, such as DE.")
        return tuple(found)

    def name(self) -> x509.Name:
        """The X.501 name, most general part first."""
        parts = (
            (NameOID.COUNTRY_NAME, self.country.upper()),
            (NameOID.STATE_OR_PROVINCE_NAME, self.state),
            (NameOID.LOCALITY_NAME, self.locality),
            (NameOID.ORGANIZATION_NAME, self.organization),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, self.organizational_unit),
            (NameOID.COMMON_NAME, self.common_name),
        )
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])

    def rfc4514(self) -> str:
        return self.name().rfc4514_string()


def from_general_name(name: x509.GeneralName) -> AlternativeName | None:
    """The alternative name in `name`; None for the kinds that mtlsgui does not issue."""
    match name:
        case x509.DNSName():
            return AlternativeName(NameKind.DNS, name.value)
        case x509.RFC822Name():
            return AlternativeName(NameKind.EMAIL, name.value)
        case x509.UniformResourceIdentifier():
            return AlternativeName(NameKind.URI, name.value)
        case x509.IPAddress() if isinstance(
            name.value, ipaddress.IPv4Address | ipaddress.IPv6Address
        ):
            return AlternativeName(NameKind.IP, name.value.compressed)
    return None
