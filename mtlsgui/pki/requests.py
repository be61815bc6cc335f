"""Certificate signing requests (PKCS#10, RFC 2986): made, read, and weighed before granting.

A request is what somebody else asks for. `weigh` lays what it asks beside what a profile grants,
extension by extension; nothing that makes an authority is ever granted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import NameOID

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki import usages
from mtlsgui.pki.keys import PrivateKey, PublicKey, key_info, signature_hash
from mtlsgui.pki.names import (
    AlternativeName,
    ParsedName,
    RejectedName,
    from_general_name,
    parse_name,
)
from mtlsgui.pki.profiles import Profile


class RequestError(MtlsguiError):
    """A request that cannot be read or may not be signed."""


def make(
    key: PrivateKey,
    subject: x509.Name,
    names: tuple[AlternativeName, ...] = (),
    key_usage: tuple[str, ...] = (),
    extended_key_usage: tuple[str, ...] = (),
) -> x509.CertificateSigningRequest:
    """A request signed by `key`, which thereby proves that it is held."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([name.general_name() for name in names]),
            critical=not list(subject),
        )
    fitting = usages.fitting(key_usage, key_info(key.public_key()))
    if fitting:
        builder = builder.add_extension(usages.key_usage(fitting), critical=True)
    if extended_key_usage:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([usages.purpose_oid(name) for name in extended_key_usage]),
            critical=False,
        )
    return builder.sign(key, signature_hash(key))


@dataclass(frozen=True)
class Asked:
    """What a request asks for.

    other_names: alternative names of kinds that mtlsgui does not issue, as texts.
    other_extensions: dotted OIDs of the extensions that are not looked at here.
    signature_valid: whether the request was signed by the key in it (RFC 2986, section 4.2).
    """

    subject: x509.Name
    public_key: PublicKey
    names: tuple[AlternativeName, ...]
    other_names: tuple[str, ...]
    key_usage: tuple[str, ...]
    extended_key_usage: tuple[str, ...]
    is_ca: bool
    path_length: int | None
    other_extensions: tuple[str, ...]
    signature_valid: bool


def read(der: bytes) -> Asked:
    """What the PKCS#10 request `der` asks for.

    Raises RequestError where it cannot be read as a whole: what is not understood is not signed.
    """
    try:
        request = x509.load_der_x509_csr(der)
        return _asked(request)
    except (
        ValueError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    ) as error:
        raise RequestError(
            "This request cannot be signed.",
            f"A part of it cannot be read: {error}",
            "Ask its sender for a new one.",
        ) from None


def _asked(request: x509.CertificateSigningRequest) -> Asked:
    names: list[AlternativeName] = []
    other_names: list[str] = []
    key_usage: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    basic = x509.BasicConstraints(ca=False, path_length=None)
    other: list[str] = []
    for extension in request.extensions:
        match extension.value:
            case x509.SubjectAlternativeName() as alternative:
                for general in alternative:
                    name = from_general_name(general)
                    if name:
                        names.append(name)
                    else:
                        other_names.append(_other_name(general))
            case x509.KeyUsage() as usage:
                key_usage = usages.key_usage_names(usage)
            case x509.ExtendedKeyUsage() as extended:
                purposes = tuple(usages.purpose_name(oid) for oid in extended)
            case x509.BasicConstraints() as asked_basic:
                basic = asked_basic
            case _:
                other.append(extension.oid.dotted_string)
    return Asked(
        subject=request.subject,
        public_key=request.public_key(),
        names=tuple(names),
        other_names=tuple(other_names),
        key_usage=key_usage,
        extended_key_usage=purposes,
        is_ca=basic.ca,
        path_length=basic.path_length,
        other_extensions=tuple(other),
        signature_valid=request.is_signature_valid,
    )


def _other_name(name: x509.GeneralName) -> str:
    match name:
        case x509.DirectoryName():
            return f"Directory name {name.value.rfc4514_string()}"
        case x509.RegisteredID():
            return f"Registered ID {name.value.dotted_string}"
        case x509.OtherName():
            return f"Other name {name.type_id.dotted_string}"
    return f"{type(name).__name__} {name.value}"


@dataclass(frozen=True)
class Weighed:
    """One line of "asked beside granted".

    what: what it is about ("Name", "Key usage", …), for people.
    asked, granted: in words; empty where nothing is.
    reason: why the two differ; empty where they do not.
    """

    what: str
    asked: str
    granted: str
    reason: str = ""


@dataclass(frozen=True)
class Grant:
    """What a profile grants of a request.

    subject: as asked, without a common name that is a name outside the profile.
    names: the alternative names granted.
    lines: everything asked and granted, for a person to read before signing.
    """

    subject: x509.Name
    names: tuple[AlternativeName, ...]
    key_usage: tuple[str, ...]
    extended_key_usage: tuple[str, ...]
    lines: tuple[Weighed, ...]

    @property
    def refused(self) -> tuple[Weighed, ...]:
        return tuple(line for line in self.lines if line.reason)


def weigh(
    asked: Asked,
    profile: Profile,
    *,
    take_names: bool = True,
    given: Iterable[AlternativeName] = (),
    outside: Callable[[AlternativeName], str] = lambda _name: "",
) -> Grant:
    """What `profile` grants of `asked`.

    take_names: whether names are taken over from the request at all.
    given: names that the certificate will hold whatever the request asks.
    outside: a further reason to refuse a name, for example the issuer's name constraints; answers
        with a sentence, or with an empty text where there is none.
    """

    def refusal(name: AlternativeName) -> str:
        return profile.refusal(name) or outside(name)

    wanted = {name.text for name in given}
    can_serve = not profile.extended_key_usage or bool(
        {"serverAuth", "anyExtendedKeyUsage"}.intersection(profile.extended_key_usage)
    )

    def refusal_in_subject(name: AlternativeName) -> str:
        # OpenSSL takes the common name for the host's where no alternative name is one.
        if can_serve and not take_names and name.text not in wanted:
            return refusal(name) or _NOT_TAKEN
        return refusal(name)

    subject, reason = _subject(asked.subject, refusal_in_subject)
    lines = [
        Weighed("Subject", asked.subject.rfc4514_string(), subject.rfc4514_string(), reason),
        Weighed("Key", key_info(asked.public_key).label, key_info(asked.public_key).label),
    ]
    granted: list[AlternativeName] = []
    for name in asked.names:
        # Somebody else wrote it: it passes the same gate as what is typed.
        clean = parse_name(name.text)
        if isinstance(clean, RejectedName):
            reason = clean.reason
        else:
            reason = refusal(clean) if take_names else _NOT_TAKEN
            if not reason:
                granted.append(clean)
        lines.append(Weighed("Name", name.shown, "" if reason else name.shown, reason))
    lines.extend(
        Weighed("Name", text, "", "mtlsgui does not issue names of this kind.")
        for text in asked.other_names
    )
    key_usage = usages.fitting(profile.key_usage, key_info(asked.public_key))
    lines.append(_usage_line("Key usage", asked.key_usage, key_usage, usages.CA_KEY_USAGES))
    lines.append(
        _usage_line("Purpose", asked.extended_key_usage, profile.extended_key_usage, frozenset())
    )
    if asked.is_ca:
        lines.append(
            Weighed(
                "Authority",
                "CA:TRUE",
                "CA:FALSE",
                "A request is never made an authority. Make an intermediate instead.",
            )
        )
    lines.extend(
        Weighed("Extension", oid, "", "Not granted from a request.")
        for oid in asked.other_extensions
    )
    return Grant(subject, tuple(granted), key_usage, profile.extended_key_usage, tuple(lines))


_NOT_TAKEN = "Names are not taken from the request."


def _subject(asked: x509.Name, refusal: Callable[[AlternativeName], str]) -> tuple[x509.Name, str]:
    """The subject granted, and why it differs.

    Old clients take a common name for a host name, and e-mail programs the address for a mailbox:
    those that are refused as alternative names are left out.
    """
    reasons: list[str] = []
    kept = []
    for rdn in asked.rdns:
        reason = next((why for part in rdn if (why := _refused_part(part, refusal))), "")
        if reason:
            reasons.append(reason)
        else:
            kept.append(rdn)
    return x509.Name(kept), " ".join(dict.fromkeys(reasons))


def _refused_part(
    part: x509.NameAttribute[str | bytes],
    refusal: Callable[[AlternativeName], str],
) -> str:
    if not isinstance(part.value, str):
        return ""
    if not part.value.isprintable():
        # What follows a NUL is unseen by some clients, and others are shown what is not there.
        return "The subject has characters in it that cannot be seen."
    text = part.value.strip()
    if part.oid == NameOID.EMAIL_ADDRESS:
        name = parse_name(f"email:{text}")
    elif part.oid == NameOID.COMMON_NAME and any(sign in text for sign in ".:@"):
        name = _host_in(text)
    else:
        return ""
    return refusal(name) if isinstance(name, AlternativeName) else ""


def _host_in(text: str) -> ParsedName:
    """The name that a common name is, or the one that a malformed one ends with.

    "a..example" and "*.*.example" are no host names, but what clients make of them differs.
    """
    name = parse_name(text)
    while isinstance(name, RejectedName) and "." in text and not any(map(str.isspace, text)):
        text = text.partition(".")[2]
        name = parse_name(text)
    return name


def _usage_line(
    what: str, asked: tuple[str, ...], granted: tuple[str, ...], ca_only: frozenset[str]
) -> Weighed:
    refused = [usage for usage in asked if usage not in granted]
    reason = ""
    if any(usage in ca_only for usage in refused):
        reason = "Signing certificates is for authorities only."
    elif refused:
        reason = f"Not granted by the profile, or not for this kind of key: {', '.join(refused)}."
    return Weighed(what, ", ".join(asked), ", ".join(granted), reason)
