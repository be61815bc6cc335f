"""What is worth knowing about a certificate before it is issued: little, and to the point.

These are no faults, the certificate can be made. A warning says that somebody will refuse it or
that it will give trouble; a notice says what a careful person would look at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from cryptography.x509.oid import NameOID

from mtlsgui.pki.issuing import Contents, Validity
from mtlsgui.pki.keys import KeyInfo
from mtlsgui.pki.names import AlternativeName, NameKind, parse_name

LONGEST_ROOT = timedelta(days=20 * 365 + 5)
"""Twenty years, their leap days included."""
LONGEST_APPLE_DAYS = 825
"""Apple's platforms refuse longer TLS server certificates of private authorities too."""
LONGEST_PUBLIC_DAYS = 398
"""What browsers allow public authorities, and what many tools warn beyond."""
SOON = timedelta(days=30)
"""How soon after a certificate its issuer's end is worth a word, at the least."""
RSA_2048_END = datetime(2031, 1, 1, tzinfo=UTC)
"""NIST SP 800-57, part 1, revision 5, table 4: 112 bits of security are acceptable through 2030."""
SMALLEST_RSA = 2048
"""OpenSSL refuses less at its usual security level 2, browsers always."""

Severity = Literal["warning", "notice"]


@dataclass(frozen=True)
class Advice:
    """One thing to know.

    title: a few words; text: a sentence or two, with what to do.
    """

    severity: Severity
    title: str
    text: str


def advise(
    contents: Contents,
    key: KeyInfo,
    *,
    issuer: Validity | None,
    now: datetime,
) -> tuple[Advice, ...]:
    """What to know before `contents` is issued for a key of the kind `key`, warnings first.

    issuer: the issuing authority's validity; None for what signs itself.
    """
    found = [*_of_issuer(contents, issuer, now), *_of_key(contents, key)]
    found += _of_authority(contents, issuer) if contents.is_ca else _of_end_entity(contents, issuer)
    return tuple(sorted(found, key=lambda advice: advice.severity != "warning"))


def _length(validity: Validity) -> timedelta:
    """Both ends count (RFC 5280, section 4.1.2.5)."""
    return validity.not_after - validity.not_before + timedelta(seconds=1)


def _of_issuer(contents: Contents, issuer: Validity | None, now: datetime) -> Iterator[Advice]:
    if issuer is None:
        return
    remaining = issuer.not_after - contents.validity.not_after
    end = _date(issuer.not_after)
    if remaining <= timedelta(0):
        yield Advice(
            "warning",
            "Cut to the end of its issuer",
            f"The issuing CA ends on {end}, and so does this certificate. Replace the CA before "
            "then.",
        )
    elif remaining < max(_length(contents.validity), SOON) and not contents.is_ca:
        yield Advice(
            "warning" if remaining < SOON else "notice",
            "The issuing CA ends soon after",
            f"The issuing CA ends on {end}, {_days(remaining)} after this certificate. The next "
            "renewal will be cut short: replace the CA before then.",
        )
    if now < issuer.not_before:
        yield Advice(
            "warning",
            "The issuing CA is not valid yet",
            f"It begins on {_date(issuer.not_before)}. Until then nobody accepts what it issues.",
        )


def _of_key(contents: Contents, key: KeyInfo) -> Iterator[Advice]:
    if key.algorithm == "RSA" and (key.bits or 0) < SMALLEST_RSA:
        yield Advice(
            "warning",
            f"{key.label} is too small",
            "OpenSSL and browsers refuse it. Take RSA 2048 or more, or P-256.",
        )
    elif (
        key.algorithm == "RSA"
        and (key.bits or 0) < 3072
        and contents.validity.not_after >= RSA_2048_END
    ):
        yield Advice(
            "notice",
            f"{key.label} beyond 2030",
            "NIST advises against RSA keys under 3072 bits after 2030 (SP 800-57). Take RSA 3072 "
            "or P-256, or let it end sooner.",
        )
    if key.algorithm.startswith("ML-DSA"):
        yield Advice(
            "warning",
            f"{key.label} is read by new software only",
            "Browsers refuse it, and OpenSSL reads it from 3.5 on. Take P-256 unless you control "
            "both sides.",
        )
    elif _serves(contents) and (key.algorithm in ("Ed25519", "Ed448") or key.curve == "P-521"):
        yield Advice(
            "warning",
            f"Browsers may refuse {key.label}",
            "Chrome and others do not accept such keys. Take P-256 if people visit this server "
            "with a browser.",
        )


def _of_authority(contents: Contents, issuer: Validity | None) -> Iterator[Advice]:
    if issuer is None and _length(contents.validity) > LONGEST_ROOT:
        yield Advice(
            "warning",
            "More than 20 years",
            "Key and algorithm must hold as long as the root does. Take 10 to 20 years, and "
            "replace it in good time.",
        )
    if contents.path_length is None and not contents.constraints:
        yield Advice(
            "notice",
            "This CA may issue for any name, at any depth",
            "Whoever trusts it, trusts it for everything. A path length or name constraints "
            "would limit the damage if its key is lost.",
        )


def _of_end_entity(contents: Contents, issuer: Validity | None) -> Iterator[Advice]:
    if issuer is None:
        yield Advice(
            "warning",
            "Self-signed: for testing",
            "Nobody trusts it unless they are given this very certificate, and it cannot be "
            "revoked. For anything that lasts, issue it under an authority.",
        )
    yield from _of_length(contents)
    yield from _of_names(contents)


def _of_length(contents: Contents) -> Iterator[Advice]:
    length = _length(contents.validity)
    if length > timedelta(days=LONGEST_APPLE_DAYS) and _serves(contents):
        yield Advice(
            "warning",
            f"More than {LONGEST_APPLE_DAYS} days",
            "macOS and iOS refuse such a server certificate, even under your own CA. Take "
            f"{LONGEST_PUBLIC_DAYS} days or less.",
        )
    elif length > timedelta(days=LONGEST_PUBLIC_DAYS):
        yield Advice(
            "notice",
            f"More than {LONGEST_PUBLIC_DAYS} days",
            "Longer than browsers allow public authorities. A lost key stays useful for as long: "
            "renew more often if you can.",
        )


def _of_names(contents: Contents) -> Iterator[Advice]:
    hosts = [name for name in contents.names if name.kind in (NameKind.DNS, NameKind.IP)]
    workload = any(name.value.startswith("spiffe://") for name in contents.names)
    if _serves(contents) and not hosts and not workload:
        yield Advice(
            "warning",
            "No host name",
            "Clients look for DNS names and IP addresses only, not at the common name. Add the "
            "names that they will connect to.",
        )
    yield from _of_common_names(contents, hosts)
    if any(name.kind is NameKind.DNS and name.value.startswith("*.") for name in hosts):
        yield Advice(
            "notice",
            "A wildcard",
            "Whoever holds its key can pass for every host under the name. Name the hosts one by "
            "one if they are few.",
        )
    if not contents.subject.rdns:
        yield Advice(
            "notice",
            "The subject is empty",
            "That is allowed, the alternative names are then critical. Some older software wants "
            "a common name.",
        )


def _of_common_names(contents: Contents, hosts: list[AlternativeName]) -> Iterator[Advice]:
    for attribute in contents.subject.get_attributes_for_oid(NameOID.COMMON_NAME):
        name = parse_name(str(attribute.value))
        if (
            hosts
            and isinstance(name, AlternativeName)
            and (_serves(contents) or _looks_like_host(name))
            and name not in contents.names
        ):
            yield Advice(
                "warning",
                "The common name is not among the names",
                f"Clients do not look at the common name: {name.value} will not be accepted as a "
                "host. Add it to the names, or choose another common name.",
            )


def _looks_like_host(name: AlternativeName) -> bool:
    return name.kind is NameKind.DNS and "." in name.value


def _serves(contents: Contents) -> bool:
    """Whether it is for a server: said so, or not limited at all."""
    return not contents.is_ca and (
        "serverAuth" in contents.extended_key_usage or not contents.extended_key_usage
    )


def _date(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y}"


_SMALL_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def _days(length: timedelta) -> str:
    days = max(round(length / timedelta(days=1)), 1)
    count = _SMALL_NUMBERS[days - 1] if days <= len(_SMALL_NUMBERS) else f"{days:,}"
    return f"{count} day{'s' if days > 1 else ''}"
