"""The commands of other programs that convert in the same way, as text to copy into a shell.

They are for a POSIX shell, OpenSSL 3.0 or newer, a JDK's keytool and OpenSSH. NAME stands for the
file's name without its ending. Passphrases are asked for by the programs, never in the text.
"""

import shlex
from collections.abc import Callable, Set

from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.workspace.converting.targets import Options, Target


def equivalent(
    target: Target,
    options: Options,
    stem: str,
    containers: Set[str],
    *,
    has_key: bool,
    has_chain: bool,
) -> str:
    """Commands that start from what came, by its containers, and make the target's files.

    has_key: there is a private key. has_chain: there are certificates above the leaf.
    """
    shell = _Shell(stem, options, has_key=has_key, has_chain=has_chain)
    return "\n".join([*_unpacked(containers, shell), *_MAKE[target](shell)]) + "\n"


def equivalent_alone(target: Target, stem: str, kind: str, container: str) -> str:
    """The same for one request or revocation list; empty where it stays or there is none."""
    program = {"csr": "req", "crl": "crl"}.get(kind)
    if program is None or target not in (Target.PEM, Target.DER):
        return ""
    is_der = container == "der"
    if is_der == (target is Target.DER):
        return ""
    shell = _Shell(stem, Options(), has_key=False, has_chain=False)
    how = "-inform DER" if is_der else "-outform DER"
    came, made = (".der", ".pem") if is_der else (".pem", ".der")
    return f"openssl {program} -in {shell.file(came)} {how} -out {shell.file(made)}\n"


class _Shell:
    """File names for the shell."""

    def __init__(self, stem: str, options: Options, *, has_key: bool, has_chain: bool) -> None:
        self.stem = f"./{stem}" if stem.startswith("-") else stem
        self.options = options
        self.has_key = has_key
        self.has_chain = has_chain
        named = options.aliases[0] if options.aliases else ""
        # What cannot be printed cannot be pasted.
        self.alias = "".join(filter(str.isprintable, named)) or stem

    def file(self, ending: str) -> str:
        return shlex.quote(self.stem + ending)

    @property
    def key(self) -> str:
        return self.file(".key")

    @property
    def crt(self) -> str:
        return self.file(".crt")

    @property
    def chain(self) -> str:
        return self.file("-chain.crt")

    @property
    def certificates(self) -> str:
        """The certificate and those above it, where there are any."""
        return f"{self.crt} {self.chain}" if self.has_chain else self.crt

    @property
    def name(self) -> str:
        return shlex.quote(self.alias)


def _unpacked(containers: Set[str], shell: _Shell) -> list[str]:
    """From what came to NAME.key, NAME.crt and NAME-chain.crt, which the other commands use."""
    parts = [f"-nocerts -noenc -out {shell.key}", f"-clcerts -nokeys -out {shell.crt}"]
    if shell.has_chain:
        parts.append(f"-cacerts -nokeys -out {shell.chain}")
    p12 = shell.file(".p12")
    from_p12 = [f"openssl pkcs12 -in {p12} {part}" for part in parts]
    if containers & {"jks", "jceks"}:
        store = "jceks" if "jceks" in containers else "jks"
        source = shell.file(f".{store}")
        return [
            f"keytool -importkeystore -srckeystore {source} -srcstoretype {store} \\",
            f"  -destkeystore {p12} -deststoretype pkcs12",
            *from_p12,
        ]
    if "pkcs12" in containers:
        return from_p12
    if "pkcs7" in containers:
        return [f"openssl pkcs7 -in {shell.file('.p7b')} -print_certs -out {shell.crt}"]
    if "der" in containers:
        return [f"openssl x509 -in {shell.file('.der')} -inform DER -out {shell.crt}"]
    return []


def _pem(shell: _Shell) -> list[str]:
    if shell.options.encrypt:
        sealed = "-encrypted.key"
        parts = f"{shell.certificates} {shell.file(sealed)}"
        return [*_pkcs8(shell, sealed), f"cat {parts} > {shell.file('.pem')}"]
    key = f" {shell.key}" if shell.has_key else ""
    return [f"cat {shell.certificates}{key} > {shell.file('.pem')}"]


def _der(shell: _Shell) -> list[str]:
    if shell.options.only == "key":
        return [f"openssl pkey -in {shell.key} -outform DER -out {shell.file('.der')}"]
    return [f"openssl x509 -in {shell.crt} -outform DER -out {shell.file('.der')}"]


def _pkcs12(shell: _Shell) -> list[str]:
    legacy = " -legacy" if shell.options.legacy else ""
    certificates = f"-inkey {shell.key}" if shell.has_key else "-nokeys"
    chain = f" -certfile {shell.chain}" if shell.has_chain else ""
    return [
        f"openssl pkcs12 -export{legacy} -in {shell.crt} {certificates}{chain} \\",
        f"  -name {shell.name} -out {shell.file('.p12')}",
    ]


def _pkcs7(shell: _Shell) -> list[str]:
    chain = f" -certfile {shell.chain}" if shell.has_chain else ""
    return [
        f"openssl crl2pkcs7 -nocrl -certfile {shell.crt}{chain} \\",
        f"  -outform DER -out {shell.file('.p7b')}",
    ]


def _pkcs8(shell: _Shell, ending: str = "-pkcs8.key") -> list[str]:
    options = shell.options
    how = "-nocrypt"
    if options.encrypt is Derivation.SCRYPT:
        how = "-scrypt"
    elif options.encrypt:
        how = "-v1 PBE-SHA1-3DES" if options.legacy else "-v2 aes256 -v2prf hmacWithSHA256"
    return [f"openssl pkcs8 -topk8 -in {shell.key} {how} -out {shell.file(ending)}"]


def _pkcs1(shell: _Shell) -> list[str]:
    cipher = " -aes256" if shell.options.encrypt else ""
    return [f"openssl pkey -in {shell.key} -traditional{cipher} -out {shell.file('-pkcs1.key')}"]


def _jks(shell: _Shell) -> list[str]:
    if not shell.has_key or shell.options.only:
        return [
            f"keytool -importcert -noprompt -file {shell.crt} -alias {shell.name} \\",
            f"  -keystore {shell.file('.jks')} -storetype jks",
        ]
    return [
        *_pkcs12(shell),
        f"keytool -importkeystore -srckeystore {shell.file('.p12')} -srcstoretype pkcs12 \\",
        f"  -destkeystore {shell.file('.jks')} -deststoretype jks",
    ]


def _truststore(shell: _Shell) -> list[str]:
    return [
        f"keytool -importcert -noprompt -file {shell.crt} -alias {shell.name} \\",
        f"  -keystore {shell.file('.p12')} -storetype pkcs12",
    ]


def _openssh(shell: _Shell) -> list[str]:
    new = "" if shell.options.encrypt else " -N ''"
    target = shell.file("")
    return [
        f"cp {shell.key} {target} && chmod 600 {target}",
        f"ssh-keygen -p -f {target}{new}",
    ]


def _ssh_public(shell: _Shell) -> list[str]:
    if not shell.has_key:
        return [
            f"openssl x509 -in {shell.crt} -noout -pubkey > {shell.file('.pub.pem')}",
            f"ssh-keygen -i -m PKCS8 -f {shell.file('.pub.pem')} > {shell.file('.pub')}",
        ]
    return [f"ssh-keygen -y -f {shell.key} > {shell.file('.pub')}"]


def _public(shell: _Shell) -> list[str]:
    if not shell.has_key:
        return [f"openssl x509 -in {shell.crt} -noout -pubkey > {shell.file('.pub.pem')}"]
    return [f"openssl pkey -in {shell.key} -pubout -out {shell.file('.pub.pem')}"]


def _jwk(_shell: _Shell) -> list[str]:
    return ["# Neither openssl nor keytool writes JSON Web Keys."]


def _kubernetes(shell: _Shell) -> list[str]:
    bundle = shell.file("-fullchain.crt")
    return [
        f"cat {shell.certificates} > {bundle}",
        f"kubectl create secret tls {shell.name} --cert={bundle} --key={shell.key} \\",
        f"  --dry-run=client -o yaml > {shell.file('.yaml')}",
    ]


def _nginx(shell: _Shell) -> list[str]:
    return [
        *_chain(shell),
        f"# ssl_certificate {shell.file('-fullchain.crt')}; ssl_certificate_key {shell.key};",
    ]


def _apache(shell: _Shell) -> list[str]:
    chain = [f"# SSLCertificateChainFile {shell.chain}"] if shell.has_chain else []
    return [
        f"# SSLCertificateFile {shell.crt}",
        *chain,
        f"# SSLCertificateKeyFile {shell.key}",
    ]


def _haproxy(shell: _Shell) -> list[str]:
    return [f"cat {shell.certificates} {shell.key} > {shell.file('.pem')}"]


def _chain(shell: _Shell) -> list[str]:
    return [f"cat {shell.certificates} > {shell.file('-fullchain.crt')}"]


def _ca(shell: _Shell) -> list[str]:
    return [f"openssl x509 -in {shell.crt} -out {shell.file('.pem')}"]


_MAKE: dict[Target, Callable[[_Shell], list[str]]] = {
    Target.PEM: _pem,
    Target.DER: _der,
    Target.PKCS12: _pkcs12,
    Target.PKCS7: _pkcs7,
    Target.PKCS8: _pkcs8,
    Target.PKCS1: _pkcs1,
    Target.JKS: _jks,
    Target.OPENSSH: _openssh,
    Target.SSH_PUBLIC: _ssh_public,
    Target.PUBLIC: _public,
    Target.JWK: _jwk,
    Target.KUBERNETES: _kubernetes,
    Target.NGINX: _nginx,
    Target.APACHE: _apache,
    Target.HAPROXY: _haproxy,
    Target.TRUSTSTORE: _truststore,
    Target.CHAIN: _chain,
    Target.CA: _ca,
}
