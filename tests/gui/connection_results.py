"""Results of connection tests, made by hand: what real servers seldom show all at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.result import (
    Alert,
    ClientCertificate,
    Detail,
    Outcome,
    ProbeResult,
    Problem,
    Sender,
    Side,
    Step,
    StepState,
    Timing,
    TlsParameters,
)
from tests.tls.papers import world

AT = datetime(2026, 11, 23, 16, 10, tzinfo=UTC)
HOSTILE = '<img src="x"> & \u202egnp.elif\x1b[31m'

_STEPS: tuple[tuple[Sender, str, str, int, float], ...] = (
    ("client", "TCP connection", "to api.payments.internal:443", 0, 0.4),
    ("client", "ClientHello", "TLS 1.3, 1.2 · SNI api.payments.internal", 1521, 0.9),
    ("server", "ServerHello", "TLS 1.3 · AES-256-GCM · X25519MLKEM768", 1210, 3.8),
    ("server", "CertificateRequest", "wants a certificate from Payments Root CA", 312, 4.1),
    ("server", "Certificate", "api.payments.internal ← Payments Issuing CA 1", 1893, 4.9),
    ("server", "CertificateVerify, Finished", "proves that it holds the key", 115, 5.2),
    ("client", "Certificate", "reconciler ← Payments Issuing CA 1", 1204, 6.8),
    ("client", "CertificateVerify, Finished", "proves that it holds the key", 116, 7.4),
)
_DETAILS = {
    "ClientHello": (
        Detail("Versions", ("TLS 1.3", "TLS 1.2")),
        Detail("Server name", ("api.payments.internal",)),
        Detail("Cipher suites", tuple(f"TLS_SUITE_NUMBER_{each}" for each in range(1, 31))),
        Detail("Groups", ("X25519MLKEM768", "x25519", "secp256r1", "secp384r1")),
        Detail("ALPN", ("h2", "http/1.1")),
    ),
    "ServerHello": (
        Detail("Version", ("TLS 1.3",)),
        Detail("Cipher suite", ("TLS_AES_256_GCM_SHA384",)),
        Detail("Group", ("X25519MLKEM768",)),
    ),
    "CertificateRequest": (
        Detail("Takes certificates of", tuple(f"CN=Customer CA {at},O=Firm" for at in range(100))),
        Detail("Signature algorithms", ("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256")),
    ),
    "Certificate": (
        Detail("Subject", ("CN=api.payments.internal",)),
        Detail("Issuer", ("CN=Payments Issuing CA 1,O=Payments",)),
        Detail("Fingerprint", (":".join(["9b", "4e", "02", "d7"] * 8),)),
    ),
}
_EXPLAINED = {
    "TCP connection": "You walk to the building and find its door open.",
    "ClientHello": "You say who you came to see, and in which ways you could talk in private.",
    "ServerHello": "The porter picks one of them; from here on nobody else can listen.",
    "CertificateRequest": "The porter asks for your papers, and says whose stamps count here.",
    "Certificate": "Papers are shown, with the names of those who signed them.",
    "CertificateVerify, Finished": "A signature given on the spot proves whose papers these are.",
}


def steps() -> tuple[Step, ...]:
    """A whole handshake of TLS 1.3 with client certificates."""
    return tuple(
        Step(
            number,
            sender,
            message,
            StepState.OK,
            note,
            size,
            at,
            details=_DETAILS.get(message, ()),
            explanation=_EXPLAINED[message],
        )
        for number, (sender, message, note, size, at) in enumerate(_STEPS, 1)
    )


def chain(days: float = 29) -> tuple[CertificateFacts, ...]:
    """A server's chain, whose leaf is valid for so many days more."""
    leaf = world().servers["good"].facts
    return (replace(leaf, not_after=AT + timedelta(days=days)), world().intermediate.facts)


def good() -> ProbeResult:
    """Accepted; the server was shown to need the certificate."""
    answered = (
        Step(9, "client", "GET /health", StepState.OK, "the HTTP request", 96, 8.0),
        Step(10, "server", "HTTP 200 OK", StepState.OK, "the server's answer", 120, 11.2),
    )
    return ProbeResult(
        target="api.payments.internal:443",
        server_name="api.payments.internal",
        at=AT,
        outcome=Outcome.ACCEPTED,
        sentence="The server accepted your certificate.",
        detail="The server is who it says it is. It answered HTTP 200 OK.",
        tls=TlsParameters(
            "TLS 1.3", "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", "ecdsa_secp256r1_sha256", "h2"
        ),
        client_certificate=ClientCertificate(True, True, True, ("CN=Payments Root CA,O=Payments",)),
        server_chain=chain(),
        alert=None,
        http_status=200,
        answer='HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"status": "ok"}\n',
        ocsp_staple=b"\x30\x03\x0a\x01\x00",
        steps=(*steps(), *answered),
        problems=(),
        timing=Timing(0.4, 5.2, 11.2),
    )


def expired() -> ProbeResult:
    """The client's certificate has expired; a warning beside it."""
    refused = [
        replace(step, is_cause=step.sender == "client" and step.message == "Certificate")
        for step in steps()
    ]
    return replace(
        good(),
        outcome=Outcome.REFUSED_BY_SERVER,
        sentence="The server refused your certificate: it expired 2 days ago.",
        detail="The server is who it says it is. The refusal came after the client had finished "
        "its part, which is why other tools call it a success.",
        alert=Alert(45, "certificate_expired", "server"),
        http_status=None,
        answer="",
        steps=(
            *refused,
            Step(
                9,
                "server",
                "Alert 45: certificate expired",
                StepState.FAILED,
                "sent by the server",
                2,
                11.0,
                details=(Detail("Level", ("fatal",)), Detail("Number", ("45",))),
                explanation="The porter turns you away, and says why.",
            ),
            Step(10, "client", "GET /health", StepState.NOT_REACHED, "not reached"),
        ),
        problems=(
            Problem(
                "client_certificate_rsa_2048",
                Side.CLIENT,
                "RSA-2048 key",
                "Accepted here. ECDSA P-256 makes each handshake cheaper for the client.",
                is_warning=True,
            ),
            Problem(
                "client_certificate_expired",
                Side.CLIENT,
                "Your certificate has expired",
                "reconciler was valid until 21 Nov 2026, 14:00:00 UTC. It ended 2 days ago.",
                "Renew it, then test again.",
            ),
        ),
    )


def untrusted() -> ProbeResult:
    """Much is wrong with the server, and some of its names want to do harm."""
    problems = [
        Problem(code, Side.SERVER, title, text, fix, depth=0)
        for code, title, text, fix in (
            (
                "unknown_authority",
                "The server's CA is not trusted",
                f"Its chain ends at {HOSTILE}, which is not among those that you trust.",
                "Trust its root, if you know whose it is.",
            ),
            ("host_name", "The name does not match", "It is for other.test.", "Issue another."),
            ("expired", "The server's certificate has expired", "It ended 3 days ago.", "Renew."),
            ("wrong_usage", "It is not for servers", "It has no serverAuth.", "Issue another."),
        )
    ]
    sha1 = Problem("sha1", Side.SERVER, "Signed with SHA-1", "Nobody trusts it.", is_warning=True)
    failed = [
        replace(step, state=StepState.FAILED)
        if step.sender == "server" and step.message == "Certificate"
        else step
        for step in steps()
    ]
    return replace(
        good(),
        outcome=Outcome.REFUSED_BY_CLIENT,
        sentence="The server's CA is not trusted.",
        detail="A careful client does not go on.",
        client_certificate=ClientCertificate(False, False, False),
        server_chain=chain(-3),
        steps=tuple(failed),
        problems=(sha1, *problems),
        answer=f"HTTP/1.1 200 OK\r\n\r\n{HOSTILE}\n",
    )


def not_tls() -> ProbeResult:
    """The port speaks SSH."""
    first, hello, *_ = steps()
    garbage = Step(
        3, "server", "Not TLS", StepState.FAILED, "answers as SSH: SSH-2.0-OpenSSH_9.9", 21, 2.0
    )
    problem = Problem(
        "not_tls",
        Side.SERVER,
        "This port speaks SSH",
        "It answered “SSH-2.0-OpenSSH_9.9” to our ClientHello.",
        "Test the port on which the server speaks TLS.",
    )
    return _before_tls(Outcome.NOT_TLS, (first, hello, garbage), problem)


def timed_out() -> ProbeResult:
    """Nobody answers."""
    first = replace(steps()[0], state=StepState.FAILED, note="no answer", at_ms=5000.0)
    missed = Step(2, "client", "ClientHello", StepState.NOT_REACHED, "not reached")
    problem = Problem(
        "connect_timed_out",
        Side.NETWORK,
        "The server does not answer",
        "Nothing came within 5 s: a firewall drops what is sent there, or the machine is off.",
        "Look whether the address is right, and what stands between you and the server.",
    )
    return _before_tls(Outcome.TIMED_OUT, (first, missed), problem)


def through_a_proxy() -> ProbeResult:
    """STARTTLS through a proxy, before the handshake of `good`."""
    opening = (
        Step(1, "client", "TCP connection", StepState.OK, "to proxy.test:3128", 0, 0.3),
        Step(2, "client", "CONNECT", StepState.OK, "mail.payments.internal:587", 71, 0.4),
        Step(3, "server", "HTTP 200", StepState.OK, "the proxy lets us through", 39, 1.2),
        Step(4, "server", "220", StepState.OK, "mail.payments.internal ESMTP", 44, 2.0),
        Step(5, "client", "EHLO", StepState.OK, "mtlsgui.invalid", 22, 2.1),
        Step(6, "server", "250", StepState.OK, "PIPELINING, STARTTLS, 8BITMIME", 96, 2.9),
        Step(7, "client", "STARTTLS", StepState.OK, "asks to go over to TLS", 10, 3.0),
        Step(8, "server", "220", StepState.OK, "Ready to start TLS", 30, 3.6),
    )
    told = tuple(replace(step, explanation="Before TLS, in plain text.") for step in opening)
    return replace(
        good(), target="mail.payments.internal:587", steps=(*told, *steps()[1:]), answer=""
    )


def _before_tls(outcome: Outcome, shown: tuple[Step, ...], problem: Problem) -> ProbeResult:
    return replace(
        good(),
        outcome=outcome,
        sentence=f"{problem.title}.",
        detail=problem.explanation,
        tls=None,
        client_certificate=ClientCertificate(False, None, False),
        server_chain=(),
        http_status=None,
        answer="",
        ocsp_staple=None,
        steps=shown,
        problems=(problem,),
        timing=Timing(0.4, None, 5000.0),
    )
