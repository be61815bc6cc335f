"""Every extension in words, with its OID and criticality. What cannot be decoded is shown raw."""

from collections.abc import Callable, Iterable
from typing import Any

from cryptography import x509

from mtlsgui.pki import oids
from mtlsgui.pki.describe.names import general_name, general_names
from mtlsgui.pki.describe.tree import Field, FieldKind
from mtlsgui.pki.describe.words import (
    colons,
    count,
    date_and_time,
    hex_dump,
    key_usage,
    purpose,
)
from mtlsgui.pki.extensions import Extension, reason
from mtlsgui.pki.usages import key_usage_names, purpose_name

_ACCESS_METHODS = {
    "1.3.6.1.5.5.7.48.1": "OCSP",
    "1.3.6.1.5.5.7.48.2": "Issuer's certificate",
    "1.3.6.1.5.5.7.48.3": "Time stamping",
    "1.3.6.1.5.5.7.48.5": "CA repository",
}
_POLICIES = {
    "2.5.29.32.0": "any policy",
    "2.23.140.1.1": "extended validation (CA/Browser Forum)",
    "2.23.140.1.2.1": "domain validated (CA/Browser Forum)",
    "2.23.140.1.2.2": "organization validated (CA/Browser Forum)",
    "2.23.140.1.2.3": "individual validated (CA/Browser Forum)",
}
_TLS_FEATURES = {5: "must staple OCSP (status_request)", 17: "must staple OCSP for the chain"}


def describe_extension(extension: Extension) -> Field:
    """One extension as a field; never raises for what is inside it."""
    label = oids.EXTENSIONS.get(extension.oid, "Unknown extension")
    if extension.decoded is None:
        return _raw(extension, label, extension.raw, f"It cannot be decoded: {extension.problem}")
    if isinstance(extension.decoded, x509.UnrecognizedExtension):
        return _raw(extension, label, extension.decoded.value, "")
    words, kind = _DECODERS.get(type(extension.decoded), (_by_itself, "text"))
    try:
        value = words(extension.decoded)
    except Exception as error:  # a value inside that cannot be shown; the others must stand
        return _raw(extension, label, b"", f"It cannot be shown: {reason(error)}")
    return Field(
        label,
        value,
        oid=extension.oid,
        critical=extension.critical,
        monospace=kind == "digest",
        kind=kind,
    )


def describe_extensions(extensions: Iterable[Extension]) -> tuple[Field, ...]:
    """All of them, in their order."""
    return tuple(describe_extension(extension) for extension in extensions)


def _raw(extension: Extension, label: str, value: bytes, note: str) -> Field:
    return Field(
        label,
        hex_dump(value) or "(empty)",
        oid=extension.oid,
        critical=extension.critical,
        note=note,
        monospace=True,
        kind="hex",
    )


def _by_itself(value: x509.ExtensionType) -> str:
    return str(value)


def _basic_constraints(value: x509.BasicConstraints) -> str:
    if not value.ca:
        return "Not a certificate authority"
    if value.path_length is None:
        return "A certificate authority, with any number of intermediates below it"
    if value.path_length == 0:
        return "A certificate authority that issues end-entity certificates only"
    return f"A certificate authority, with at most {count(value.path_length, 'intermediate')} below"


def _key_usage(value: x509.KeyUsage) -> str:
    return ", ".join(key_usage(name) for name in key_usage_names(value)) or "nothing at all"


def _extended_key_usage(value: x509.ExtendedKeyUsage) -> str:
    return "\n".join(purpose(purpose_name(usage)) for usage in value)


def _authority_key_identifier(value: x509.AuthorityKeyIdentifier) -> str:
    lines = []
    if value.key_identifier is not None:
        lines.append(colons(value.key_identifier.hex()))
    lines += [f"Issuer: {general_name(name)}" for name in value.authority_cert_issuer or ()]
    if value.authority_cert_serial_number is not None:
        lines.append(f"Serial: {colons(f'{value.authority_cert_serial_number:x}')}")
    return "\n".join(lines) or "(empty)"


def _name_constraints(value: x509.NameConstraints) -> str:
    lines = [f"Permitted: {general_name(name)}" for name in value.permitted_subtrees or ()]
    lines += [f"Excluded: {general_name(name)}" for name in value.excluded_subtrees or ()]
    return "\n".join(lines)


def _policies(value: x509.CertificatePolicies) -> str:
    lines = []
    for policy in value:
        oid = policy.policy_identifier.dotted_string
        lines.append(f"{_POLICIES[oid]} ({oid})" if oid in _POLICIES else oid)
        for qualifier in policy.policy_qualifiers or ():
            text = qualifier if isinstance(qualifier, str) else qualifier.explicit_text
            if text:
                lines.append(f"  {text}")
    return "\n".join(lines)


def _distribution_points(value: x509.CRLDistributionPoints | x509.FreshestCRL) -> str:
    lines = []
    for point in value:
        lines += [general_name(name).removeprefix("URI ") for name in point.full_name or ()]
        if point.relative_name is not None:
            lines.append(f"relative to the issuer: {point.relative_name.rfc4514_string()}")
        lines += [f"  CRL issuer: {general_name(name)}" for name in point.crl_issuer or ()]
        if point.reasons:
            reasons = ", ".join(sorted(flag.value for flag in point.reasons))
            lines.append(f"  for these reasons: {reasons}")
    return "\n".join(lines)


def _access(value: x509.AuthorityInformationAccess | x509.SubjectInformationAccess) -> str:
    lines = []
    for description in value:
        method = description.access_method.dotted_string
        where = general_name(description.access_location).removeprefix("URI ")
        lines.append(f"{_ACCESS_METHODS.get(method, method)}: {where}")
    return "\n".join(lines)


def _timestamps(
    value: x509.SignedCertificateTimestamps | x509.PrecertificateSignedCertificateTimestamps,
) -> str:
    stamps = list(value)
    lines = [count(len(stamps), "log entry").replace("entrys", "entries")]
    for stamp in stamps:
        when = stamp.timestamp.strftime("%Y-%m-%d %H:%M:%S UTC")
        lines.append(f"log {stamp.log_id.hex()[:16]}…, {when}")
    return "\n".join(lines)


def _tls_feature(value: x509.TLSFeature) -> str:
    return "\n".join(
        _TLS_FEATURES.get(feature.value, f"feature {feature.value}") for feature in value
    )


def _policy_constraints(value: x509.PolicyConstraints) -> str:
    lines = []
    if value.require_explicit_policy is not None:
        lines.append(f"An explicit policy is required after {value.require_explicit_policy}")
    if value.inhibit_policy_mapping is not None:
        lines.append(f"No policy mapping after {value.inhibit_policy_mapping}")
    return "\n".join(lines)


def _usage_period(value: x509.PrivateKeyUsagePeriod) -> str:
    start = date_and_time(value.not_before) if value.not_before else "any time"
    end = date_and_time(value.not_after) if value.not_after else "any time"
    return f"{start} to {end}"


def _template(value: x509.MSCertificateTemplate) -> str:
    return f"{value.template_id.dotted_string}, version {value.major_version}.{value.minor_version}"


def _issuing_point(value: x509.IssuingDistributionPoint) -> str:
    lines = [general_name(name).removeprefix("URI ") for name in value.full_name or ()]
    for is_set, words in (
        (value.only_contains_user_certs, "end-entity certificates only"),
        (value.only_contains_ca_certs, "CA certificates only"),
        (value.only_contains_attribute_certs, "attribute certificates only"),
        (value.indirect_crl, "an indirect CRL: with certificates of other issuers"),
    ):
        if is_set:
            lines.append(words)
    return "\n".join(lines) or "all certificates of the issuer"


_DECODERS: dict[type[x509.ExtensionType], tuple[Callable[[Any], str], FieldKind]] = {
    x509.BasicConstraints: (_basic_constraints, "text"),
    x509.KeyUsage: (_key_usage, "text"),
    x509.ExtendedKeyUsage: (_extended_key_usage, "names"),
    x509.SubjectAlternativeName: (general_names, "names"),
    x509.IssuerAlternativeName: (general_names, "names"),
    x509.SubjectKeyIdentifier: (lambda value: colons(value.digest.hex()), "digest"),
    x509.AuthorityKeyIdentifier: (_authority_key_identifier, "digest"),
    x509.NameConstraints: (_name_constraints, "names"),
    x509.CertificatePolicies: (_policies, "names"),
    x509.PolicyConstraints: (_policy_constraints, "text"),
    x509.InhibitAnyPolicy: (lambda value: f"after {value.skip_certs} certificates", "text"),
    x509.CRLDistributionPoints: (_distribution_points, "names"),
    x509.FreshestCRL: (_distribution_points, "names"),
    x509.AuthorityInformationAccess: (_access, "names"),
    x509.SubjectInformationAccess: (_access, "names"),
    x509.PrecertificateSignedCertificateTimestamps: (_timestamps, "names"),
    x509.SignedCertificateTimestamps: (_timestamps, "names"),
    x509.PrecertPoison: (lambda _: "A precertificate: not to be used", "text"),
    x509.TLSFeature: (_tls_feature, "names"),
    x509.OCSPNoCheck: (lambda _: "Its own revocation is not checked", "text"),
    x509.PrivateKeyUsagePeriod: (_usage_period, "text"),
    x509.MSCertificateTemplate: (_template, "text"),
    x509.CRLNumber: (lambda value: str(value.crl_number), "number"),
    x509.DeltaCRLIndicator: (lambda value: f"changes since CRL {value.crl_number}", "text"),
    x509.IssuingDistributionPoint: (_issuing_point, "names"),
}
