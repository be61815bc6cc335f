"""Whether a certificate was revoked, by the lists that are held (RFC 5280, section 6.3) and by the
OCSP response that a server sends along (RFC 6960).

Nothing is believed that is not signed by the issuer, or by whom it named for that. That a
certificate was revoked is believed of old lists and responses too; that it was not, of those only
that are in force.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from mtlsgui.pki import der, signatures
from mtlsgui.pki.chain import crl_signed_by, signed_by
from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.describe.words import relative
from mtlsgui.pki.extensions import quietly
from mtlsgui.pki.facts import (
    CertificateFacts,
    CrlFacts,
    UnreadableError,
    certificate_parts,
    crl_parts,
    read_certificate,
    read_crl,
)
from mtlsgui.pki.facts.structure import signed_parts

SKEW = timedelta(minutes=5)
"""How far another's clock may be ahead of ours."""
_WITHOUT_END = timedelta(days=1)
"""How long a response without nextUpdate is taken for new; mozilla::pkix does it so."""
_MOST_RESPONDERS = 8
_MOST_ANSWERS = 100

_REASONS = {
    x509.ReasonFlags.key_compromise: "its key is in other hands",
    x509.ReasonFlags.ca_compromise: "the key of its CA is in other hands",
    x509.ReasonFlags.affiliation_changed: "its owner has changed",
    x509.ReasonFlags.superseded: "another one took its place",
    x509.ReasonFlags.cessation_of_operation: "it is no longer in use",
    x509.ReasonFlags.certificate_hold: "it is on hold",
    x509.ReasonFlags.privilege_withdrawn: "its rights were withdrawn",
}


class Status(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list or a response says of one certificate.

    since, reason: of REVOKED, the reason in words and empty where none is given.
    why: of UNKNOWN, what keeps us from knowing: the end of a sentence that begins with "it" or
    "the list".
    """

    status: Status
    since: datetime | None = None
    reason: str = ""
    why: str = ""


def by_lists(
    certificate: CertificateFacts,
    issuer: CertificateFacts,
    lists: Iterable[bytes],
    now: datetime,
) -> Standing | None:
    """By revocation lists in DER; None where none of them is the issuer's, or it issued another.

    The newest that speaks decides, so that one taken off hold is good again. Lists of a part (a
    delta, a distribution point) can only add what they name.
    """
    if certificate.issuer_der != issuer.subject_der:
        return None  # a CA further up may have given out the same serial number
    ours = sorted(
        (each for each in map(_read_list, _of_issuer(lists, issuer)) if each is not None),
        key=lambda each: each.this_update,
    )
    ours = [each for each in ours if crl_signed_by(each.facts, issuer)]
    if not ours:
        return None
    if issuer.key_usage and "cRLSign" not in issuer.key_usage:
        return Standing(Status.UNKNOWN, why="the CA may not sign revocation lists")
    said: Standing | None = None
    for each in ours:
        if each.this_update <= now + SKEW:
            said = each.says_of(certificate) or said
    if said is not None and said.status is Status.REVOKED:
        return said
    newest = max(
        (each for each in ours if each.is_whole), key=lambda e: e.this_update, default=None
    )
    if newest is None:
        return None
    if newest.this_update > now + SKEW:
        return Standing(Status.UNKNOWN, why=f"the list begins {relative(newest.this_update, now)}")
    if newest.next_update is not None and newest.next_update < now:
        ended = relative(newest.next_update, now)
        return Standing(Status.UNKNOWN, why=f"the list ran out {ended}")
    return said


def by_staple(
    staple: bytes, certificate: CertificateFacts, issuer: CertificateFacts, now: datetime
) -> Standing:
    """By the OCSP response in DER that came with the certificate."""
    try:
        response = quietly(lambda: ocsp.load_der_ocsp_response(staple))
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            said = response.response_status.name.lower().replace("_", " ")
            return Standing(Status.UNKNOWN, why=f"it is no answer but an error, “{said}”")
        answer = _answer(response, certificate, issuer)
        if answer is None:
            return Standing(Status.UNKNOWN, why="it is about another certificate")
        fault = _signature_fault(staple, response, issuer, now)
        return Standing(Status.UNKNOWN, why=fault) if fault else _standing(answer, now)
    except (ValueError, TypeError, IndexError, UnsupportedAlgorithm):
        return Standing(Status.UNKNOWN, why="it cannot be read")


@dataclass(frozen=True)
class _List:
    facts: CrlFacts
    loaded: x509.CertificateRevocationList
    this_update: datetime
    next_update: datetime | None
    is_whole: bool

    def says_of(self, certificate: CertificateFacts) -> Standing | None:
        """None where a list of a part does not name it."""
        entry = None
        if certificate.serial is not None:
            number = int(certificate.serial, 16)
            entry = self.loaded.get_revoked_certificate_by_serial_number(number)
        if entry is None:
            return Standing(Status.GOOD) if self.is_whole else None
        reason = _entry_reason(entry)
        if reason is x509.ReasonFlags.remove_from_crl:
            return Standing(Status.GOOD)
        words = _REASONS.get(reason, "") if reason else ""
        return Standing(Status.REVOKED, entry.revocation_date_utc, words)


def _of_issuer(lists: Iterable[bytes], issuer: CertificateFacts) -> Iterable[bytes]:
    for each in lists:
        try:
            if crl_parts(each).issuer.encoded == issuer.subject_der:
                yield each
        except der.DerError:
            continue


def _read_list(encoded: bytes) -> _List | None:
    """None for one that cannot be read, and for an indirect one: it names others' certificates."""
    try:
        facts = read_crl(encoded)
        loaded = quietly(lambda: x509.load_der_x509_crl(encoded))
        extensions = quietly(lambda: loaded.extensions)
    except (UnreadableError, ValueError, x509.DuplicateExtension):
        return None
    if facts.this_update is None:
        return None
    is_whole = True
    for each in extensions:
        if isinstance(each.value, x509.IssuingDistributionPoint):
            if each.value.indirect_crl:
                return None
            is_whole = False
        elif isinstance(each.value, x509.DeltaCRLIndicator):
            is_whole = False
    return _List(facts, loaded, facts.this_update, facts.next_update, is_whole)


def _entry_reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError, x509.DuplicateExtension):
        return None


def _answer(
    response: ocsp.OCSPResponse, certificate: CertificateFacts, issuer: CertificateFacts
) -> ocsp.OCSPSingleResponse | None:
    """The newest answer about this certificate of this issuer (RFC 6960, section 4.1.1)."""
    if certificate.serial is None or issuer.subject_der is None:
        return None
    key = certificate_parts(issuer.der).spki.children()[1].value[1:]
    found = [
        each
        for each in islice(response.responses, _MOST_ANSWERS)
        if each.serial_number == int(certificate.serial, 16)
        and each.issuer_name_hash == _digest(each.hash_algorithm, issuer.subject_der)
        and each.issuer_key_hash == _digest(each.hash_algorithm, key)
    ]
    return max(found, key=lambda each: each.this_update_utc, default=None)


def _digest(algorithm: hashes.HashAlgorithm, data: bytes) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()


def _signature_fault(
    staple: bytes, response: ocsp.OCSPResponse, issuer: CertificateFacts, now: datetime
) -> str:
    """Why the signature does not count; empty where it does.

    It is the issuer's own, or of one whom the issuer itself certified for it, by the extended key
    usage OCSPSigning (RFC 6960, section 4.2.2.2).
    """
    if _is_signed_by(staple, issuer):
        return ""
    for loaded in response.certificates[:_MOST_RESPONDERS]:
        signer = read_certificate(loaded.public_bytes(Encoding.DER))
        if not _is_signed_by(staple, signer):
            continue
        name = display_name(signer)
        if not signed_by(signer, issuer) or "OCSPSigning" not in (signer.extended_key_usage or ()):
            return f"it is signed by “{name}”, whom the CA has not authorized for that"
        if signer.not_after is None or signer.not_after < now:
            return f"the certificate of its responder, “{name}”, has expired"
        return ""
    return "its signature is not the CA's"


def _is_signed_by(staple: bytes, signer: CertificateFacts) -> bool:
    _, wrapped = der.read(staple).children()[:2]
    _, content = wrapped.children()[0].children()
    signed = signed_parts(content.value)
    if signed.algorithm is None or signed.signature is None:
        return False
    spki = certificate_parts(signer.der).spki.encoded
    answer = signatures.verifies(spki, signed.algorithm, signed.signature, signed.body.encoded)
    return answer is True


def _standing(answer: ocsp.OCSPSingleResponse, now: datetime) -> Standing:
    if answer.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        reason = answer.revocation_reason
        return Standing(
            Status.REVOKED, answer.revocation_time_utc, _REASONS.get(reason, "") if reason else ""
        )
    begins, ends = answer.this_update_utc, answer.next_update_utc
    if ends is None:
        ends = begins + _WITHOUT_END
    if begins > now + SKEW:
        return Standing(Status.UNKNOWN, why=f"it begins {relative(begins, now)}")
    if ends < now:
        return Standing(Status.UNKNOWN, why=f"it ran out {relative(ends, now)}")
    if answer.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        return Standing(Status.UNKNOWN, why="its responder does not know the certificate")
    return Standing(Status.GOOD)
