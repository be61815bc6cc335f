"""What the messages of a connection say together, whoever reads them."""

from collections.abc import Sequence

from mtlsgui.tls.messages import (
    AlertDetail,
    CertificateList,
    ClientHello,
    Message,
    ServerHello,
    Signed,
    Speaker,
)
from mtlsgui.tls.result import TlsParameters


def client_hello(messages: Sequence[Message]) -> ClientHello | None:
    """The last ClientHello: after a HelloRetryRequest there are two (RFC 8446, section 4.1.2)."""
    found = [each.detail for each in messages if isinstance(each.detail, ClientHello)]
    return found[-1] if found else None


def fatal_alert(messages: Sequence[Message], sender: Speaker) -> AlertDetail | None:
    """The first fatal alert of a side; a close_notify is none."""
    return next(
        (
            each.detail
            for each in messages
            if each.sender == sender and isinstance(each.detail, AlertDetail) and each.detail.fatal
        ),
        None,
    )


def certificates(messages: Sequence[Message], sender: Speaker) -> tuple[bytes, ...]:
    """What a side presented, in DER, its own first; empty where it sent none."""
    for message in messages:
        if message.sender == sender and isinstance(message.detail, CertificateList):
            return message.detail.certificates
    return ()


def parameters(
    messages: Sequence[Message], cipher: str | None = None, alpn: str | None = None
) -> TlsParameters | None:
    """What was agreed, as far as it got; None before a ServerHello.

    cipher, alpn: where they are known otherwise; else those of the ServerHello, which says nothing
    of ALPN in TLS 1.3.
    """
    hellos = [each.detail for each in messages if isinstance(each.detail, ServerHello)]
    if not hellos:
        return None
    hello = hellos[-1]
    proofs = [
        each.detail
        for each in messages
        if each.sender == "server" and isinstance(each.detail, Signed)
    ]
    return TlsParameters(
        version=hello.version,
        cipher=hello.cipher_suite if cipher is None else cipher,
        group=hello.group or (proofs[0].group if proofs else ""),
        signature_algorithm=proofs[0].signature_algorithm if proofs else "",
        alpn=hello.alpn if alpn is None else alpn,
    )
