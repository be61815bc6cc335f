"""Where a server writes down why it refused a certificate, by the kind of server it seems to be."""

from dataclasses import dataclass

from mtlsgui.tls.evidence import End, Evidence
from mtlsgui.tls.question import Protocol


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of server. name: as its people write it. log: which line to look for, a sentence."""

    name: str
    log: str


NGINX = Kind(
    "nginx",
    "In nginx's error log, at level info, look for “client SSL certificate verify error”.",
)
APACHE = Kind(
    "Apache",
    "In Apache's error log look for “Certificate Verification: Error” (AH02276; "
    "LogLevel ssl:info shows it).",
)
HAPROXY = Kind(
    "HAProxy",
    "HAProxy logs “SSL client certificate not trusted”; the reason's number is in "
    "%[ssl_c_err] and %[ssl_c_ca_err], to be added to its log-format.",
)
CADDY = Kind(
    "Caddy",
    "Caddy writes “http: TLS handshake error … tls: failed to verify certificate”, at level debug.",
)
ENVOY = Kind(
    "Envoy",
    "In Envoy's access log look at %DOWNSTREAM_TRANSPORT_FAILURE_REASON%; its counters "
    "ssl.fail_verify_error and ssl.fail_verify_no_cert grow.",
)
NODE = Kind(
    "Node.js",
    "Node.js says the reason in the server's event 'tlsClientError', which a program has to "
    "log itself.",
)
JAVA = Kind(
    "Java",
    "Start Java with -Djavax.net.debug=ssl:handshake and look for “Fatal (CERTIFICATE_UNKNOWN)” "
    "or “CertPathValidatorException”.",
)
GNUTLS = Kind(
    "GnuTLS",
    "Programs on GnuTLS write “Error in the certificate.”; its reason only when debugging.",
)
IIS = Kind(
    "IIS",
    "IIS logs the substatus after 403: 7 for none, 13 revoked, 16 not trusted, 17 dates.",
)
POSTGRES = Kind(
    "PostgreSQL",
    "In PostgreSQL's log look for “could not accept SSL connection” or “Client certificate "
    "verification failed”.",
)
REDIS = Kind(
    "Redis",
    "Redis logs “Error accepting a client connection”, with OpenSSL's reason.",
)
MOSQUITTO = Kind("Mosquitto", "Mosquitto logs “OpenSSL Error”, with OpenSSL's reason.")
POSTFIX = Kind(
    "Postfix",
    "In the mail log look for “certificate verification failed for”; smtpd_tls_loglevel = 1 "
    "shows it.",
)
MAIL = Kind("The mail server", "The mail server's log at this time says more.")

UNKNOWN_KIND = (
    "The server's log at this time says why (nginx: “client SSL certificate verify error” at "
    "level info; Apache: AH02276; programs on OpenSSL: “certificate verify failed”; stunnel: "
    "“CERT: Pre-verification error”)."
)

_BY_HEADER = (
    ("nginx", NGINX),
    ("openresty", NGINX),
    ("apache", APACHE),
    ("haproxy", HAPROXY),
    ("caddy", CADDY),
    ("envoy", ENVOY),
    ("microsoft-iis", IIS),
    ("jetty", JAVA),
)
"""How the value of `Server:` begins, in lower case (RFC 9110, section 10.2.4)."""
_BY_PROTOCOL = {
    Protocol.POSTGRES: POSTGRES,
    Protocol.REDIS: REDIS,
    Protocol.MQTT: MOSQUITTO,
    Protocol.IMAP: MAIL,
    Protocol.POP3: MAIL,
    Protocol.SMTP: POSTFIX,
}
_BY_ALERT = {46: JAVA, 49: GNUTLS}
_HAPROXY_WORDS = "Request forbidden by administrative rules."
_ENVOY_WORDS = "RBAC: access denied"


def kind_of(evidence: Evidence) -> Kind | None:
    """What kind of server it is, by what it says of itself and how it behaves; a guess."""
    answer = evidence.http
    if answer is not None:
        named = next(
            (
                line.partition(":")[2].strip().lower()
                for line in answer.text.splitlines()
                if line.lower().startswith("server:")
            ),
            "",
        )
        for start, kind in _BY_HEADER:
            if named.startswith(start):
                return kind
        if _HAPROXY_WORDS in answer.text:
            return HAPROXY
        if _ENVOY_WORDS in answer.text:
            return ENVOY
        return None
    if evidence.question.protocol in _BY_PROTOCOL:
        return _BY_PROTOCOL[evidence.question.protocol]
    alert = evidence.server_alert
    if alert is not None:
        return _BY_ALERT.get(alert.number)
    return NODE if evidence.end is End.CLOSED else None


def where_to_look(evidence: Evidence) -> str:
    """Which log to open and which line to look for."""
    kind = kind_of(evidence)
    return kind.log if kind else UNKNOWN_KIND
