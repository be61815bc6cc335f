"""Authorities made for tests, and the judges that say whether a chain is accepted."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import verification
from OpenSSL import crypto

from mtlsgui.pki import issuing, keys
from mtlsgui.pki.constraints import NameConstraints
from mtlsgui.pki.issuing import Contents, validity
from mtlsgui.pki.keys import KeyAlgorithm, PrivateKey
from mtlsgui.pki.names import AlternativeName, Subject, accepted, parse_names
from mtlsgui.pki.profiles import Profile

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
CA_USAGE = ("digitalSignature", "keyCertSign", "cRLSign")


@dataclass(frozen=True)
class Authority:
    certificate: x509.Certificate
    key: PrivateKey

    def issue(self, contents: Contents, key: PrivateKey) -> x509.Certificate:
        return issuing.issue(
            contents,
            key.public_key(),
            issuer=self.certificate,
            issuer_key=self.key,
            serial=issuing.random_serial(),
        )


def named(text: str) -> tuple[AlternativeName, ...]:
    """The names in `text`, which must all be names."""
    parsed = parse_names(text)
    names = accepted(parsed)
    assert len(names) == len(parsed), parsed
    return names


def ca_contents(
    name: str = "Test Root",
    *,
    days: int = 3650,
    path_length: int | None = None,
    constraints: NameConstraints | None = None,
) -> Contents:
    return Contents(
        subject=Subject(common_name=name, organization="Tests").name(),
        validity=validity(NOW, days),
        key_usage=CA_USAGE,
        is_ca=True,
        path_length=path_length,
        constraints=constraints or NameConstraints(),
    )


def root(contents: Contents | None = None, key: PrivateKey | None = None) -> Authority:
    key = key or keys.generate(KeyAlgorithm.P256)
    contents = contents or ca_contents()
    return Authority(issuing.self_sign(contents, key, serial=issuing.random_serial()), key)


def intermediate(
    above: Authority, contents: Contents | None = None, key: PrivateKey | None = None
) -> Authority:
    key = key or keys.generate(KeyAlgorithm.P256)
    contents = contents or ca_contents("Test Issuing CA", days=1825, path_length=0)
    return Authority(above.issue(contents, key), key)


def leaf_contents(profile: Profile, names: str, *, common_name: str = "") -> Contents:
    return Contents(
        subject=Subject(common_name=common_name).name(),
        validity=validity(NOW, profile.days),
        names=named(names),
        key_usage=profile.key_usage,
        extended_key_usage=profile.extended_key_usage,
    )


def without_checks(contents: Contents, key: PrivateKey, issuer: Authority) -> x509.Certificate:
    """A certificate that `issuing.issue` would refuse to make: signed by a look-alike issuer."""
    basic = x509.BasicConstraints(ca=True, path_length=None)
    plain = (
        x509.CertificateBuilder()
        .subject_name(issuer.certificate.subject)
        .issuer_name(issuer.certificate.subject)
        .public_key(issuer.key.public_key())
        .serial_number(1)
        .not_valid_before(issuer.certificate.not_valid_before_utc)
        .not_valid_after(issuer.certificate.not_valid_after_utc)
        .add_extension(basic, critical=True)
        .sign(issuer.key, keys.signature_hash(issuer.key))
    )
    return replace(issuer, certificate=plain).issue(contents, key)


def pem(certificates: Sequence[x509.Certificate]) -> bytes:
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def openssl(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Runs Debian's `openssl`."""
    done = subprocess.run(
        ["openssl", *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


def openssl_verify(
    folder: Path,
    leaf: x509.Certificate,
    anchor: x509.Certificate,
    untrusted: Sequence[x509.Certificate] = (),
    options: Sequence[str] = ("-x509_strict",),
) -> str:
    """What `openssl verify` says against `leaf`; empty when it accepts it."""
    for name, certificates in (("leaf", [leaf]), ("anchor", [anchor]), ("untrusted", untrusted)):
        (folder / f"{name}.pem").write_bytes(pem(certificates))
    arguments: list[str | Path] = ["verify", *options, "-attime", f"{NOW.timestamp():.0f}"]
    arguments += ["-CAfile", folder / "anchor.pem"]
    if untrusted:
        arguments += ["-untrusted", folder / "untrusted.pem"]
    done = openssl(*arguments, folder / "leaf.pem", check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def store_verify(
    leaf: x509.Certificate,
    anchor: x509.Certificate,
    untrusted: Sequence[x509.Certificate] = (),
    *,
    strict: bool = True,
) -> str:
    """What the newer OpenSSL inside pyOpenSSL says; empty when it accepts."""
    store = crypto.X509Store()
    store.add_cert(crypto.X509.from_cryptography(anchor))
    store.set_time(NOW)
    if strict:
        store.set_flags(crypto.X509StoreFlags.X509_STRICT)
    context = crypto.X509StoreContext(
        store,
        crypto.X509.from_cryptography(leaf),
        [crypto.X509.from_cryptography(certificate) for certificate in untrusted],
    )
    try:
        context.verify_certificate()
    except crypto.X509StoreContextError as error:
        return str(error)
    return ""


def webpki_verify(
    leaf: x509.Certificate,
    anchor: x509.Certificate,
    untrusted: Sequence[x509.Certificate] = (),
    *,
    server: x509.GeneralName | None = None,
) -> str:
    """What cryptography's verifier says, for `server` or as a client; empty when it accepts."""
    builder = verification.PolicyBuilder().store(verification.Store([anchor])).time(NOW)
    try:
        if isinstance(server, x509.DNSName | x509.IPAddress):
            builder.build_server_verifier(server).verify(leaf, list(untrusted))
        else:
            builder.build_client_verifier().verify(leaf, list(untrusted))
    except verification.VerificationError as error:
        return str(error)
    return ""
