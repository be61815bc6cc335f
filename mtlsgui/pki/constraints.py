"""Name constraints of an authority (RFC 5280, section 4.2.1.10)."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography import x509

from mtlsgui.pki.names import AlternativeName, NameKind, RejectedName, parse_name


@dataclass(frozen=True)
class Subtree:
    """A part of one name space: everything below a domain, in a network, …

    base: for DNS and e-mail a domain ("example.com"; an e-mail base may be one whole address),
    for URI a host, for IP a network in CIDR form.
    """

    kind: NameKind
    base: str

    @property
    def text(self) -> str:
        return f"{self.kind}:{self.base}"

    def general_name(self) -> x509.GeneralName:
        match self.kind:
            case NameKind.DNS:
                return x509.DNSName(self.base)
            case NameKind.EMAIL:
                return x509.RFC822Name(self.base)
            case NameKind.URI:
                return x509.UniformResourceIdentifier(self.base)
            case NameKind.IP:
                return x509.IPAddress(ipaddress.ip_network(self.base))

    def contains(self, name: AlternativeName) -> bool:
        """Whether `name`, of the same kind, lies in this part."""
        base = self.base.lower()
        match self.kind:
            case NameKind.IP:
                return ipaddress.ip_address(name.value) in ipaddress.ip_network(self.base)
            case NameKind.DNS:
                # A wildcard ends as everything that it stands for does. A base that begins with
                # a dot is no RFC's, but usual: it leaves the domain itself out.
                host = name.value.lower()
                return base in ("", host.removeprefix("*.")) or host.endswith(_below(base))
            case NameKind.EMAIL:
                local, _, host = name.value.rpartition("@")
                if "@" in base:
                    mailbox, _, domain = self.base.rpartition("@")
                    return mailbox in ("", local) and host.lower() == domain.lower()
                return host.lower() == base or (
                    base.startswith(".") and host.lower().endswith(base)
                )
            case NameKind.URI:
                host = _uri_host(name)
                return host != "" and (
                    host == base or (base.startswith(".") and host.endswith(base))
                )

    def touches(self, name: AlternativeName) -> bool:
        """Whether `name`, of the same kind, stands for anything in this part."""
        if self.contains(name) or self.base == "":
            return True
        if self.kind is NameKind.DNS and name.value.startswith("*."):
            # *.example.com stands for api.example.com too.
            parent = self.base.lower().partition(".")[2]
            return name.value.lower().removeprefix("*.") == parent
        return False


def _uri_host(name: AlternativeName) -> str:
    """The host name in a URI, lower-case; empty where there is none, or an address."""
    host = (urlsplit(name.value).hostname or "").lower()
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host
    return ""


def _below(base: str) -> str:
    return base if base.startswith(".") else f".{base}"


@dataclass(frozen=True)
class NameConstraints:
    """What an authority's certificates may name, and what not.

    A kind of name that `permitted` does not speak of is free.
    """

    permitted: tuple[Subtree, ...] = ()
    excluded: tuple[Subtree, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.permitted or self.excluded)

    def extension(self) -> x509.NameConstraints:
        return x509.NameConstraints(
            [subtree.general_name() for subtree in self.permitted] or None,
            [subtree.general_name() for subtree in self.excluded] or None,
        )

    def refusal(self, name: AlternativeName) -> str:
        """Why a certificate with `name` would be refused, as a sentence; empty when it is not."""
        of_kind = [part for part in (*self.permitted, *self.excluded) if part.kind == name.kind]
        if of_kind and name.kind is NameKind.URI and not _uri_host(name):
            # RFC 5280, section 4.2.1.10: such a URI is refused by every constraint on URIs.
            return "The authority may issue for URIs with a host name only."
        for subtree in self.excluded:
            if subtree.kind == name.kind and subtree.touches(name):
                return f"The authority may not issue for names in {subtree.base}."
        permitted = [subtree for subtree in self.permitted if subtree.kind == name.kind]
        if permitted and not any(subtree.contains(name) for subtree in permitted):
            bases = ", ".join(subtree.base for subtree in permitted)
            return f"The authority may issue for {name.kind.label} names in {bases} only."
        return ""


def parse_subtrees(text: str) -> list[Subtree | RejectedName]:
    """Every part of a name space in free text: domains, networks, "email:…" and "uri:…"."""
    return [parse_subtree(word) for word in text.replace(",", " ").replace(";", " ").split()]


def parse_subtree(word: str) -> Subtree | RejectedName:
    """What one word is: a domain (DNS), a network, "email:domain or address", "uri:host"."""
    prefix, colon, rest = word.partition(":")
    kind = prefix.lower() if colon and prefix.lower() in ("dns", "ip", "email", "uri") else ""
    text = rest if kind else word
    if kind == "ip" or (not kind and _is_network(text)):
        try:
            return Subtree(NameKind.IP, str(ipaddress.ip_network(text, strict=False)))
        except ValueError:
            return RejectedName(word, "Write a network such as 10.0.0.0/8.")
    if not kind and "@" in text:
        kind = "email"
    if kind == "email" and "@" in text and not text.startswith("@"):
        address = parse_name(f"email:{text}")
        return (
            Subtree(NameKind.EMAIL, address.value)
            if isinstance(address, AlternativeName)
            else RejectedName(word, address.reason)
        )
    # In e-mail and URI constraints the dot says "hosts below"; in DNS ones that is always so.
    dot = "." if text.startswith((".", "*.")) else ""
    domain = parse_name(f"dns:{text.lstrip('@').removeprefix('*.').lstrip('.')}")
    if isinstance(domain, RejectedName):
        return RejectedName(word, domain.reason)
    return Subtree(NameKind(kind or "dns"), dot * (kind in ("email", "uri")) + domain.value)


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def from_extension(extension: x509.NameConstraints) -> NameConstraints:
    """The constraints of the four kinds that mtlsgui knows; other kinds are left out."""
    return NameConstraints(
        _subtrees(extension.permitted_subtrees), _subtrees(extension.excluded_subtrees)
    )


def _subtrees(names: Iterable[x509.GeneralName] | None) -> tuple[Subtree, ...]:
    found = []
    for name in names or ():
        match name:
            case x509.DNSName():
                found.append(Subtree(NameKind.DNS, name.value))
            case x509.RFC822Name():
                found.append(Subtree(NameKind.EMAIL, name.value))
            case x509.UniformResourceIdentifier():
                found.append(Subtree(NameKind.URI, name.value))
            case x509.IPAddress():
                found.append(Subtree(NameKind.IP, str(name.value)))
    return tuple(found)
