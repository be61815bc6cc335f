"""Making certificates.

`Contents` says what a certificate is to hold; `issue` and `self_sign` are the only places where
one is signed. Both give the extensions of RFC 5280 that every judge asks for: subject and
authority key identifiers, basic constraints, key usage.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki import constraints as name_constraints
from mtlsgui.pki import usages
from mtlsgui.pki.constraints import NameConstraints
from mtlsgui.pki.keys import PrivateKey, PublicKey, key_info, signature_hash, spki_der
from mtlsgui.pki.names import (
    AlternativeName,
    NameKind,
    RejectedName,
    accepted,
    from_general_name,
    parse_name,
)

BACKDATE = timedelta(minutes=5)
"""How far before now a certificate begins, against clocks that are slow."""
SERIAL_BITS = 159
"""RFC 5280, section 4.1.2.2: at most 20 octets and positive. All of them random."""
NO_END = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""RFC 5280, section 4.1.2.5: no well-defined end."""


class IssuingError(MtlsguiError):
    """A certificate that this issuer cannot make."""


@dataclass(frozen=True)
class Validity:
    """From and until, both included; aware, UTC, whole seconds."""

    not_before: datetime
    not_after: datetime

    @property
    def days(self) -> int:
        """The length in days, rounded to the nearest."""
        return round((self.not_after - self.not_before) / timedelta(days=1))


def validity(now: datetime, days: int, *, issuer: Validity | None = None) -> Validity:
    """A validity of exactly `days` days that begins five minutes ago.

    It is cut to lie inside the issuer's, where one is given.
    """
    not_before = now.replace(microsecond=0) - BACKDATE
    try:
        # Both ends count (RFC 5280, section 4.1.2.5), so a second less.
        not_after = not_before + timedelta(days=days) - timedelta(seconds=1)
    except OverflowError:
        not_after = NO_END
    if issuer:
        not_before = max(not_before, min(issuer.not_before, now.replace(microsecond=0)))
        not_after = min(not_after, issuer.not_after)
    return Validity(not_before, not_after)


def validity_of(certificate: x509.Certificate) -> Validity:
    return Validity(certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def random_serial(random: Callable[[int], bytes] = os.urandom) -> int:
    """A positive serial number of 159 random bits."""
    while True:
        serial = int.from_bytes(random(20), "big") >> (160 - SERIAL_BITS)
        if serial:
            return serial


@dataclass(frozen=True)
class Contents:
    """What a certificate is to say.

    names: alternative names; the extension is critical where the subject is empty (RFC 5280,
        section 4.2.1.6).
    key_usage: names of RFC 5280; keyEncipherment is left out for keys that cannot do it.
    extended_key_usage: names of RFC 5280 or dotted OIDs.
    path_length: for authorities, how many intermediates may follow; None does not limit them.
    crl_urls, ocsp_urls, issuer_urls: where to find what (RFC 5280, 4.2.1.13 and 4.2.2.1).
    """

    subject: x509.Name
    validity: Validity
    names: tuple[AlternativeName, ...] = ()
    key_usage: tuple[str, ...] = ()
    extended_key_usage: tuple[str, ...] = ()
    is_ca: bool = False
    path_length: int | None = None
    constraints: NameConstraints = field(default_factory=NameConstraints)
    crl_urls: tuple[str, ...] = ()
    ocsp_urls: tuple[str, ...] = ()
    issuer_urls: tuple[str, ...] = ()


def issue(
    contents: Contents,
    public_key: PublicKey,
    *,
    issuer: x509.Certificate,
    issuer_key: PrivateKey,
    serial: int,
) -> x509.Certificate:
    """A certificate for `public_key`, signed by `issuer`'s key.

    Raises IssuingError where nobody may make it (`check_contents`) or this issuer may not
    (`check_issuer`).
    """
    check_contents(contents)
    check_issuer(issuer, contents)
    if spki_der(issuer_key.public_key()) != spki_der(issuer.public_key()):
        raise IssuingError(
            "The authority's key does not match its certificate.",
            "A certificate signed with it would be accepted by nobody.",
            "Import the authority again with its own key.",
        )
    builder = _builder(contents, public_key, serial).issuer_name(issuer.subject)
    builder = builder.add_extension(_authority_key_identifier(issuer, issuer_key), critical=False)
    return _checked(builder.sign(issuer_key, signature_hash(issuer_key)), issuer)


def self_sign(contents: Contents, key: PrivateKey, *, serial: int) -> x509.Certificate:
    """A certificate that is its own issuer: a root, or an end-entity certificate for testing.

    Raises IssuingError where nobody may make it: see `check_contents`.
    """
    check_contents(contents)
    if not contents.subject.rdns:
        raise IssuingError(
            "A self-signed certificate needs a subject.",
            "It is its own issuer, and an issuer has a name.",
            "Give it a common name.",
        )
    public_key = key.public_key()
    builder = _builder(contents, public_key, serial).issuer_name(contents.subject)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(public_key), critical=False
    )
    certificate = builder.sign(key, signature_hash(key))
    return _checked(certificate, certificate)


def check_contents(contents: Contents) -> None:
    """Raises IssuingError for what RFC 5280 allows no certificate to say."""
    if not contents.subject.rdns and (contents.is_ca or not contents.names):
        raise IssuingError(
            "The certificate names nobody.",
            "An authority needs a subject; others a subject or an alternative name.",
            "Give it a common name.",
        )
    if contents.is_ca and contents.key_usage and "keyCertSign" not in contents.key_usage:
        raise IssuingError(
            "The authority could not issue anything.",
            "Its key usage lacks keyCertSign.",
            "Add keyCertSign to its key usage.",
        )
    if not contents.is_ca and "keyCertSign" in contents.key_usage:
        raise IssuingError(
            "Only an authority may sign certificates.",
            "keyCertSign is asked for a certificate that is no authority.",
            "Leave keyCertSign out, or make an intermediate.",
        )
    for url in (*contents.crl_urls, *contents.ocsp_urls, *contents.issuer_urls):
        parsed = parse_name(f"uri:{url}")
        if isinstance(parsed, RejectedName):
            raise IssuingError(
                f"{url} is not an address.", parsed.reason, "Correct the authority's addresses."
            )


def check_issuer(issuer: x509.Certificate, contents: Contents) -> None:
    """Raises IssuingError where `issuer` may not sign `contents`, with what to do instead.

    Only what stands in `issuer` itself is looked at: the constraints of the authorities above it
    hold as well.
    """
    try:
        # All that is taken over from it: the name too, which some old authorities have in an
        # encoding that cannot be written again byte for byte.
        extensions, _name, _key = issuer.extensions, issuer.subject, issuer.public_key()
    except (
        ValueError,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    ) as error:
        raise IssuingError(
            "This authority's certificate cannot be read as a whole.",
            f"What it issued would not be accepted: {error}",
            "Make a new authority, or choose another.",
        ) from None
    try:
        basic = extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        basic = x509.BasicConstraints(ca=False, path_length=None)
    if not basic.ca:
        raise IssuingError(
            "This certificate cannot issue others.",
            "It does not say that it is a certificate authority.",
            "Choose an authority, or make one.",
        )
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        usage = None
    if usage is not None and not usage.key_cert_sign:
        raise IssuingError(
            "This authority may not sign certificates.",
            "Its key usage lacks keyCertSign.",
            "Choose another authority.",
        )
    if contents.is_ca and basic.path_length is not None:
        if basic.path_length == 0:
            raise IssuingError(
                "This authority may not have intermediates.",
                "Its path length is 0: it issues end-entity certificates only.",
                "Make the intermediate under the authority above it.",
            )
        if contents.path_length is None or contents.path_length >= basic.path_length:
            raise IssuingError(
                "The path length is too large.",
                f"The authority above allows {basic.path_length - 1} at most.",
                f"Set the path length to {basic.path_length - 1} or less.",
            )
    if contents.validity.not_after <= contents.validity.not_before:
        raise IssuingError(
            "The authority has expired.",
            f"It was valid until {issuer.not_valid_after_utc:%Y-%m-%d %H:%M} UTC.",
            "Renew the authority, or choose another.",
        )
    if contents.validity.not_after > issuer.not_valid_after_utc:
        raise IssuingError(
            "The certificate would outlive its issuer.",
            f"The authority ends on {issuer.not_valid_after_utc:%Y-%m-%d}.",
            "Choose a shorter validity.",
        )
    _check_purposes(extensions, contents)
    constraints = constraints_of(issuer)
    for name in (*contents.names, *_names_in_subject(contents)):
        refusal = constraints.refusal(name)
        if refusal:
            raise IssuingError(
                f"{name.value} lies outside what the authority may issue.",
                refusal,
                "Leave the name out, or choose another authority.",
            )


def _check_purposes(issuer: x509.Extensions, contents: Contents) -> None:
    """RFC 5280 gives an authority's extended key usage no effect on what it issues; all clients do.

    OpenSSL, Go, Windows and browsers ask that each certificate of the chain allows the purpose.
    """
    try:
        allowed = issuer.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return
    names = {usages.purpose_name(oid) for oid in allowed}
    outside = [purpose for purpose in contents.extended_key_usage if purpose not in names]
    if outside and "anyExtendedKeyUsage" not in names:
        raise IssuingError(
            f"The authority may not issue for {', '.join(outside)}.",
            f"Its own extended key usage allows {', '.join(sorted(names))} only.",
            "Choose another authority, or another profile.",
        )


def _names_in_subject(contents: Contents) -> tuple[AlternativeName, ...]:
    """What in the subject is held against name constraints as alternative names are.

    E-mail addresses (RFC 5280, section 4.2.1.10), and, as OpenSSL does it, a common name that
    looks like a host name where no alternative name is one.
    """
    found = [
        parse_name(f"email:{attribute.value!s}")
        for attribute in contents.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    ]
    if not contents.is_ca and not any(name.kind is NameKind.DNS for name in contents.names):
        found += [
            parse_name(f"dns:{attribute.value!s}")
            for attribute in contents.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            if "." in str(attribute.value)
        ]
    return accepted(found)


def constraints_of(certificate: x509.Certificate) -> NameConstraints:
    """The name constraints in `certificate`; empty ones where it has none."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    except x509.ExtensionNotFound:
        return NameConstraints()
    return name_constraints.from_extension(extension.value)


def alternative_names(certificate: x509.Certificate) -> tuple[AlternativeName, ...]:
    """The alternative names of the kinds that mtlsgui issues."""
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return ()
    return tuple(name for general in extension.value if (name := from_general_name(general)))


def _builder(contents: Contents, public_key: PublicKey, serial: int) -> x509.CertificateBuilder:
    builder = (
        x509.CertificateBuilder()
        .subject_name(contents.subject)
        .public_key(public_key)
        .serial_number(serial)
        .not_valid_before(contents.validity.not_before)
        .not_valid_after(contents.validity.not_after)
        .add_extension(
            x509.BasicConstraints(
                ca=contents.is_ca, path_length=contents.path_length if contents.is_ca else None
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )
    key_usage = usages.fitting(contents.key_usage, key_info(public_key))
    if contents.key_usage and not key_usage:
        # Without the extension it would be good for everything.
        raise IssuingError(
            "This key can do nothing of what the certificate is for.",
            f"{key_info(public_key).label} keys cannot do {', '.join(contents.key_usage)}.",
            "Choose another kind of key, or another profile.",
        )
    if key_usage:
        builder = builder.add_extension(usages.key_usage(key_usage), critical=True)
    if contents.extended_key_usage:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage(
                [usages.purpose_oid(purpose) for purpose in contents.extended_key_usage]
            ),
            critical=False,
        )
    if contents.names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([name.general_name() for name in contents.names]),
            critical=not list(contents.subject),
        )
    if contents.is_ca and contents.constraints:
        builder = builder.add_extension(contents.constraints.extension(), critical=True)
    return _add_addresses(builder, contents)


def _add_addresses(builder: x509.CertificateBuilder, contents: Contents) -> x509.CertificateBuilder:
    if contents.crl_urls:
        builder = builder.add_extension(
            x509.CRLDistributionPoints(
                [
                    x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)
                    for url in contents.crl_urls
                ]
            ),
            critical=False,
        )
    access = [
        x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
        for method, urls in (
            (AuthorityInformationAccessOID.OCSP, contents.ocsp_urls),
            (AuthorityInformationAccessOID.CA_ISSUERS, contents.issuer_urls),
        )
        for url in urls
    ]
    if access:
        builder = builder.add_extension(x509.AuthorityInformationAccess(access), critical=False)
    return builder


def _authority_key_identifier(
    issuer: x509.Certificate, issuer_key: PrivateKey
) -> x509.AuthorityKeyIdentifier:
    """What points at the issuer's own subject key identifier, however that was made."""
    try:
        identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    except x509.ExtensionNotFound:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier.value)


def _checked(certificate: x509.Certificate, issuer: x509.Certificate) -> x509.Certificate:
    """`certificate`, when the issuer's public key verifies it.

    A faulty signature would leak a part of some keys, and be found by others only.
    """
    try:
        certificate.verify_directly_issued_by(issuer)
    except InvalidSignature:
        raise IssuingError(
            "The signature came out wrong.",
            "The key, or the token that holds it, signed something that it does not verify.",
            "Try again. If it stays, the token or this computer's memory is faulty.",
        ) from None
    return certificate
