"""What a message says, for those who open it. Keys, randoms and tickets are never in it."""

from collections.abc import Iterable

from cryptography.x509 import ocsp

from mtlsgui.pki.describe.certificate import display_name, issuer_name
from mtlsgui.pki.describe.words import clipped, colons, date_and_time, span
from mtlsgui.pki.facts import CertificateFacts, UnreadableError, read_certificate
from mtlsgui.tls import ca_names
from mtlsgui.tls.messages import (
    AlertDetail,
    CertificateList,
    CertificateRequest,
    CertificateStatus,
    ClientHello,
    CompressedCertificate,
    EncryptedExtensions,
    Message,
    NewSessionTicket,
    ServerHello,
    Signed,
)
from mtlsgui.tls.registries import ALERT_MEANINGS, alert_name
from mtlsgui.tls.result import Detail

_MOST_VALUES, _MOST_CHARACTERS = 200, 300
_MOST_CERTIFICATES = 20


class Certificates:
    """Reads each certificate once. known: those that were read before."""

    def __init__(self, known: Iterable[CertificateFacts] = ()) -> None:
        self._read: dict[bytes, CertificateFacts | None] = {each.der: each for each in known}

    def facts(self, encoded: bytes) -> CertificateFacts | None:
        """None for one that cannot be read."""
        if encoded not in self._read:
            try:
                self._read[encoded] = read_certificate(encoded)
            except UnreadableError:
                self._read[encoded] = None
        return self._read[encoded]


def details(message: Message, certificates: Certificates) -> tuple[Detail, ...]:
    """What matters in it, the empty left out."""
    match message.detail:
        case ClientHello() as hello:
            found = _client_hello(hello)
        case ServerHello() as hello:
            found = [
                _detail("Version", (hello.version,)),
                _detail("Cipher suite", (hello.cipher_suite,)),
                _detail("Group", (hello.group,)),
                _detail("Application protocol (ALPN)", (hello.alpn,)),
                _detail("Extensions", hello.extensions),
            ]
        case EncryptedExtensions() as encrypted:
            found = [
                _detail("Application protocol (ALPN)", (encrypted.alpn,)),
                _detail("Encrypted extensions", encrypted.extensions),
            ]
        case CertificateRequest() as request:
            names = tuple(map(ca_names.rfc4514, request.issuers[: _MOST_VALUES + 1]))
            found = [
                _detail("Takes certificates of", names or ("any CA: it names none",)),
                _detail("Takes signatures by", request.signature_algorithms),
                _detail("Takes certificates of type", request.certificate_types),
            ]
        case CertificateList() as listed:
            found = _certificates(listed, certificates)
        case CertificateStatus() as status:
            found = [_staple(status.staple)]
        case CompressedCertificate() as packed:
            size = f"{packed.size:,} bytes when it is unpacked"
            found = [_detail("Compression", (packed.algorithm, size))]
        case NewSessionTicket() as ticket:
            found = [_detail("Valid for", (span(ticket.lifetime),))]
        case Signed() as signed:
            found = [
                _detail("Group", (signed.group,)),
                _detail("Signature algorithm", (signed.signature_algorithm,)),
            ]
        case AlertDetail() as alert:
            level = "fatal" if alert.fatal else "warning"
            found = [
                _detail("Alert", (f"{alert.number}, {alert_name(alert.number)}",)),
                _detail("Level", (level,)),
                _detail("Meaning", (ALERT_MEANINGS.get(alert.number, ""),)),
            ]
        case None:
            return ()
    return tuple(each for each in found if each.values)


def _detail(name: str, values: tuple[str, ...]) -> Detail:
    shown = tuple(clipped(each, _MOST_CHARACTERS) for each in values[:_MOST_VALUES] if each)
    if len(values) > _MOST_VALUES:
        shown += ("…",)
    return Detail(name, shown)


def _client_hello(hello: ClientHello) -> list[Detail]:
    return [
        _detail("Versions", hello.versions),
        _detail("Server name (SNI)", (hello.server_name,)),
        _detail("Cipher suites", hello.cipher_suites),
        _detail("Groups", hello.groups),
        _detail("Key shares", hello.key_shares),
        _detail("Signature algorithms", hello.signature_algorithms),
        _detail("Application protocols (ALPN)", hello.alpn),
        _detail("Extensions", hello.extensions),
    ]


def _certificates(listed: CertificateList, certificates: Certificates) -> list[Detail]:
    found = []
    for number, encoded in enumerate(listed.certificates[:_MOST_CERTIFICATES], 1):
        facts = certificates.facts(encoded)
        says = ("cannot be read",) if facts is None else _certificate(facts)
        found.append(_detail(f"Certificate {number}", says))
    more = len(listed.certificates) - _MOST_CERTIFICATES
    if more > 0:
        found.append(_detail("Certificates that follow", (f"{more:,}",)))
    if not listed.certificates:
        found.append(_detail("Certificates", ("none",)))
    if listed.staple is not None:
        found.append(_staple(listed.staple))
    stamps = tuple(map(date_and_time, listed.timestamps))
    found.append(_detail("Signed certificate timestamps (SCT)", stamps))
    return found


def _certificate(facts: CertificateFacts) -> tuple[str, ...]:
    starts, ends = (
        date_and_time(each) if each else "?" for each in (facts.not_before, facts.not_after)
    )
    return (
        display_name(facts),
        f"issued by {issuer_name(facts)}",
        f"valid from {starts} until {ends}",
        f"{facts.key.label} key" if facts.key else "",
        f"SHA-256 {colons(facts.fingerprint_sha256)}",
    )


def _staple(encoded: bytes) -> Detail:
    size = f"{len(encoded):,} bytes"
    try:
        response = ocsp.load_der_ocsp_response(encoded)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return _detail("OCSP staple", (response.response_status.name.lower(), size))
        updates = [f"from {date_and_time(response.this_update_utc)}"]
        if response.next_update_utc is not None:
            updates.append(f"until {date_and_time(response.next_update_utc)}")
        status = response.certificate_status.name.lower()
    except ValueError:
        return _detail("OCSP staple", ("cannot be read", size))
    return _detail("OCSP staple", (status, " ".join(updates), size))
