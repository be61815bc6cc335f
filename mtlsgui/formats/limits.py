"""How much work a file may ask for before it is refused."""

from dataclasses import dataclass

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki import der


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that are checked before anything costly is begun.

    file_size: bytes.
    pem_blocks: blocks read from one file; those after are left out, and that is said.
    kdf_rounds: PBKDF2 or PKCS#12 iterations, over all passphrases and parts of one file.
    kdf_memory: bytes that scrypt may take; `kdf_rounds` bounds its N times r times p too.
    bcrypt_rounds: of an OpenSSH private key; one takes about ten milliseconds.
    certificate_size: bytes of one certificate or request.
    rsa_bits: size of an RSA modulus.
    json_size: bytes of JSON or YAML that are parsed.
    unpacked_size: bytes that come out of a file which holds files, all together.
    depth: files within files within files.
    seconds, memory: what reading one file may take, in bytes of memory; whoever reads in a process
        of its own holds it to that.
    """

    file_size: int = 64 * 1024 * 1024
    pem_blocks: int = 100_000
    kdf_rounds: int = 10_000_000
    kdf_memory: int = 256 * 1024 * 1024
    bcrypt_rounds: int = 256
    certificate_size: int = 1024 * 1024
    rsa_bits: int = 16_384
    json_size: int = 4 * 1024 * 1024
    unpacked_size: int = 256 * 1024 * 1024
    depth: int = 8
    seconds: float = 10.0
    memory: int = 512 * 1024 * 1024


DEFAULT = Limits()
RELAXED = Limits(
    file_size=1024 * 1024 * 1024,
    pem_blocks=2_000_000,
    kdf_rounds=2**33,
    kdf_memory=2 * 1024 * 1024 * 1024,
    bcrypt_rounds=2**16,
    certificate_size=64 * 1024 * 1024,
    rsa_bits=131_072,
    json_size=256 * 1024 * 1024,
    unpacked_size=4 * 1024 * 1024 * 1024,
    depth=32,
    seconds=1_800.0,
    memory=6 * 1024 * 1024 * 1024,
)
"""For a file that a person wants to see all the same, and can stop waiting for."""


class RefusedError(MtlsguiError):
    """Reading it would cost more than the limits allow."""


def check_rsa_bits(bits: int, limits: Limits) -> None:
    """Raises RefusedError for a modulus above the limit."""
    if bits > limits.rsa_bits:
        raise RefusedError(
            f"The RSA key has {bits:,} bits",
            f"Keys above {limits.rsa_bits:,} bits take minutes to work with and are refused.",
        )


def check_certificate_size(node: der.Node, limits: Limits) -> None:
    """Raises RefusedError for a certificate or request above the limit."""
    size = node.end - node.start
    if size > limits.certificate_size:
        raise RefusedError(
            f"The certificate has {size:,} bytes",
            f"Certificates above {limits.certificate_size:,} bytes are refused.",
        )
