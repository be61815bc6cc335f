"""The `openssl` commands that make the same thing, as text to copy into a shell.

They are for a POSIX shell and OpenSSL 3.0 or newer (3.5 for ML-DSA keys). A file `NAME` in the
arguments stands for NAME.key, NAME.csr and NAME.crt in the current folder. The configuration
is given in here-documents, so that each text works as one paste and leaves no other files behind.

new_key: False leaves out the making of NAME.key, where the key is one already held.

The validity is in whole days from the moment of running, as `openssl` before 3.4 cannot do
otherwise: it is never longer than the one in `Contents`, save for the five minutes before now.
"""

import ipaddress
import re
import shlex
from collections.abc import Iterable, Sequence
from datetime import timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID

from mtlsgui.pki import usages
from mtlsgui.pki.constraints import Subtree
from mtlsgui.pki.issuing import BACKDATE, Contents, Validity
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo
from mtlsgui.pki.names import AlternativeName, NameKind

_GENERATE = {
    KeyAlgorithm.P256: "EC -pkeyopt ec_paramgen_curve:P-256",
    KeyAlgorithm.P384: "EC -pkeyopt ec_paramgen_curve:P-384",
    KeyAlgorithm.P521: "EC -pkeyopt ec_paramgen_curve:P-521",
    KeyAlgorithm.RSA2048: "RSA -pkeyopt rsa_keygen_bits:2048",
    KeyAlgorithm.RSA3072: "RSA -pkeyopt rsa_keygen_bits:3072",
    KeyAlgorithm.RSA4096: "RSA -pkeyopt rsa_keygen_bits:4096",
    KeyAlgorithm.ED25519: "ED25519",
    KeyAlgorithm.ML_DSA_44: "ML-DSA-44",
    KeyAlgorithm.ML_DSA_65: "ML-DSA-65",
    KeyAlgorithm.ML_DSA_87: "ML-DSA-87",
}
_ATTRIBUTES = {
    NameOID.COUNTRY_NAME: "C",
    NameOID.STATE_OR_PROVINCE_NAME: "ST",
    NameOID.LOCALITY_NAME: "L",
    NameOID.ORGANIZATION_NAME: "O",
    NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
    NameOID.COMMON_NAME: "CN",
    NameOID.EMAIL_ADDRESS: "emailAddress",
}
_KINDS = {NameKind.DNS: "DNS", NameKind.IP: "IP", NameKind.EMAIL: "email", NameKind.URI: "URI"}
_NEEDS_3_5 = "# ML-DSA keys need OpenSSL 3.5 or newer."


def self_signed(
    contents: Contents, algorithm: KeyAlgorithm, name: str, *, new_key: bool = True
) -> str:
    """A root, or an end-entity certificate for testing: NAME.key and NAME.crt."""
    key = algorithm.info
    certificate = _certificate(
        f"-new -key {_file(name, 'key')}", contents, name, key, signer=key, authority="keyid:always"
    )
    return _script((key,), *_generate(algorithm, name, new_key), certificate)


def issued(
    contents: Contents,
    algorithm: KeyAlgorithm,
    name: str,
    *,
    issuer: str,
    issuer_key: KeyInfo,
    new_key: bool = True,
) -> str:
    """A certificate, or an intermediate, with a new key: NAME.key and NAME.crt.

    issuer: the authority's files, ISSUER.crt and ISSUER.key.
    issuer_key: what kind ISSUER.key is, which decides the hash that is signed.
    """
    key = algorithm.info
    source = f"-new -key {_file(name, 'key')} \\\n  {_authority(issuer)}"
    certificate = _certificate(source, contents, name, key, signer=issuer_key)
    return _script((key, issuer_key), *_generate(algorithm, name, new_key), certificate)


def signed_request(
    contents: Contents, key: KeyInfo, name: str, *, issuer: str, issuer_key: KeyInfo
) -> str:
    """A certificate NAME.crt for the request NAME.csr, under the authority ISSUER.crt.

    key: what kind of key the request is for. Nothing but the key is taken from the request, and
    nothing is made where its signature is wrong.
    """
    request = _file(name, "csr")
    source = f"-in {request} -copy_extensions none \\\n  {_authority(issuer)}"
    certificate = _certificate(source, contents, name, key, signer=issuer_key)
    # A wrong signature leaves the exit status 0 in OpenSSL 3.0.
    check = f"openssl req -in {request} -verify -noout 2>&1 | grep 'verify OK' &&"
    return _script((key, issuer_key), f"{check}\n{certificate}")


def request(contents: Contents, algorithm: KeyAlgorithm, name: str, *, new_key: bool = True) -> str:
    """A request NAME.csr for somebody else's authority, and a new key NAME.key for it.

    Of `contents`, the subject, the names and the usages are asked for.
    """
    key = algorithm.info
    lines, section = _names(contents.names, critical=not contents.subject.rdns)
    lines += _usage_lines(usages.fitting(contents.key_usage, key), contents.extended_key_usage)
    command = _command(
        f"openssl req -new -key {_file(name, 'key')}{_digest(key)}",
        f"-utf8 -subj {_subj(contents.subject)} -out {_file(name, 'csr')}",
    )
    if lines:
        command = _with_config(f"{command} \\\n  -reqexts ext", [*lines, *section])
    return _script((key,), *_generate(algorithm, name, new_key), command)


def file_name(contents: Contents) -> str:
    """A NAME for the files of a certificate, after its common name or its first name."""
    commons = contents.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    values = [str(common.value) for common in commons] + [name.value for name in contents.names]
    slugs = (re.sub(r"[^a-z0-9.]+", "-", value.lower()).strip("-.") for value in values)
    return next((slug for slug in slugs if slug), "certificate")


def _script(keys: Sequence[KeyInfo], *commands: str) -> str:
    ml_dsa = any(key.algorithm.startswith("ML-DSA") for key in keys)
    return "\n".join([*([_NEEDS_3_5] if ml_dsa else []), *commands]) + "\n"


def _command(*parts: str) -> str:
    """One command, a part a line."""
    return " \\\n  ".join(parts)


def _with_config(command: str, extensions: Iterable[str]) -> str:
    """`command` with a configuration of its own, so that the system's adds nothing."""
    lines = ["[req]", "distinguished_name = req", "[ext]", *extensions]
    return "\n".join([f"{command} -config /dev/stdin <<'END'", *lines, "END"])


def _generate(algorithm: KeyAlgorithm, name: str, new_key: bool) -> list[str]:
    command = f"openssl genpkey -algorithm {_GENERATE[algorithm]} -out {_file(name, 'key')}"
    return [command] if new_key else []


def _authority(issuer: str) -> str:
    return f"-CA {_file(issuer, 'crt')} -CAkey {_file(issuer, 'key')}"


def _certificate(
    source: str,
    contents: Contents,
    name: str,
    key: KeyInfo,
    *,
    signer: KeyInfo,
    authority: str = "keyid",
) -> str:
    """The command that signs. `req -x509` takes a random serial number of 159 bits by itself."""
    command = _command(
        f"openssl req -x509 {source}",
        f"-utf8 -subj {_subj(contents.subject)}",
        f"{_days(contents.validity)}{_digest(signer)} -out {_file(name, 'crt')}",
        "-extensions ext",
    )
    return _with_config(command, _extensions(contents, key, authority))


def _file(name: str, suffix: str) -> str:
    """`NAME.suffix` for the shell, and never an option."""
    return shlex.quote(f"{'./' if name.startswith('-') else ''}{name}.{suffix}")


def _subj(subject: x509.Name) -> str:
    """The argument of -subj, in which backslash, / and + are escaped."""
    parts = []
    for rdn in subject.rdns:
        attributes = [
            f"{_ATTRIBUTES.get(part.oid, part.oid.dotted_string)}="
            + re.sub(r"([\\/+])", r"\\\1", str(part.value))
            for part in rdn
        ]
        parts.append("/" + "+".join(attributes))
    return shlex.quote("".join(parts) or "/")


def _days(validity: Validity) -> str:
    length = validity.not_after - validity.not_before + timedelta(seconds=1)
    # A certificate that begins with an issuer of a few minutes is that much shorter.
    return f"-days {max((length + BACKDATE) // timedelta(days=1), 1)}"


def _digest(key: KeyInfo) -> str:
    """The hash that `keys.signature_hash` takes; none for keys that hash by themselves."""
    if key.algorithm == "RSA":
        return " -sha256"
    if key.algorithm != "EC":
        return ""
    bits = key.bits or 0
    return f" -sha{256 if bits <= 256 else 384 if bits <= 384 else 512}"


def _extensions(contents: Contents, key: KeyInfo, authority: str) -> list[str]:
    """The lines of an OpenSSL configuration file that `issuing.issue` has the counterparts of."""
    basic = "CA:FALSE"
    if contents.is_ca:
        limit = "" if contents.path_length is None else f", pathlen:{contents.path_length}"
        basic = f"CA:TRUE{limit}"
    lines = [
        f"basicConstraints = critical, {basic}",
        *_usage_lines(usages.fitting(contents.key_usage, key), contents.extended_key_usage),
        "subjectKeyIdentifier = hash",
        f"authorityKeyIdentifier = {authority}",
    ]
    if contents.is_ca and contents.constraints:
        limits = [("permitted", part) for part in contents.constraints.permitted]
        limits += [("excluded", part) for part in contents.constraints.excluded]
        inline = ", ".join(
            f"{way};{_KINDS[part.kind]}:{_escaped(_subtree(part))}" for way, part in limits
        )
        lines.append(f"nameConstraints = critical, {inline}")
    # What may need a section of its own comes last.
    sections: list[str] = []
    for pair in (
        _list("crlDistributionPoints", [("URI", url) for url in contents.crl_urls]),
        _list(
            "authorityInfoAccess",
            [("OCSP;URI", url) for url in contents.ocsp_urls]
            + [("caIssuers;URI", url) for url in contents.issuer_urls],
        ),
        _names(contents.names, critical=not contents.subject.rdns),
    ):
        lines += pair[0]
        sections += pair[1]
    return lines + sections


def _usage_lines(key_usage: Sequence[str], extended: Sequence[str]) -> list[str]:
    lines = []
    if key_usage:
        # OpenSSL has the older name of this one.
        known = ("nonRepudiation" if use == "contentCommitment" else use for use in key_usage)
        lines.append(f"keyUsage = critical, {', '.join(known)}")
    if extended:
        lines.append(f"extendedKeyUsage = {', '.join(extended)}")
    return lines


def _names(names: Sequence[AlternativeName], *, critical: bool) -> tuple[list[str], list[str]]:
    pairs = [(_KINDS[name.kind], name.value) for name in names]
    return _list("subjectAltName", pairs, "critical, " if critical else "")


def _list(
    keyword: str, pairs: Sequence[tuple[str, str]], prefix: str = ""
) -> tuple[list[str], list[str]]:
    """The line of an extension, and its section where a value has a comma in it."""
    if not pairs:
        return [], []
    if not any("," in value for _, value in pairs):
        inline = ", ".join(f"{kind}:{_escaped(value)}" for kind, value in pairs)
        return [f"{keyword} = {prefix}{inline}"], []
    entries = [f"{kind}.{n} = {_escaped(value)}" for n, (kind, value) in enumerate(pairs, 1)]
    return [f"{keyword} = {prefix}@{keyword}_list"], [f"[{keyword}_list]", *entries]


def _escaped(value: str) -> str:
    """A value as OpenSSL's configuration files want it (config(5))."""
    return re.sub(r"""([\\"'`#$])""", r"\\\1", value)


def _subtree(part: Subtree) -> str:
    if part.kind is not NameKind.IP:
        return part.base
    network = ipaddress.ip_network(part.base)
    return f"{network.network_address}/{network.netmask}"
