"""Facts in words: dates, spans of time, digests, usages, algorithms."""

import re
from datetime import UTC, datetime, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365.25)
_UNITS = (
    # (from this span on, unit, its name)
    (2 * _YEAR, _YEAR, "year"),
    (2 * _DAY, _DAY, "day"),
    (timedelta(hours=2), timedelta(hours=1), "hour"),
    (timedelta(minutes=1), timedelta(minutes=1), "minute"),
)
_NEARLY = 1 / 12
"""Of a unit: what may be missing to the next whole one."""

PURPOSES = {
    "serverAuth": "proving a server's identity (TLS server)",
    "clientAuth": "proving a client's identity (TLS client)",
    "codeSigning": "signing code",
    "emailProtection": "protecting e-mail (S/MIME)",
    "timeStamping": "time stamping",
    "OCSPSigning": "signing OCSP responses",
    "anyExtendedKeyUsage": "any purpose",
    "1.3.6.1.5.5.7.3.5": "IPsec end system",
    "1.3.6.1.5.5.7.3.6": "IPsec tunnel",
    "1.3.6.1.5.5.7.3.7": "IPsec user",
    "1.3.6.1.5.5.7.3.13": "EAP over PPP",
    "1.3.6.1.5.5.7.3.14": "EAP over LAN (802.1X)",
    "1.3.6.1.5.5.7.3.17": "IPsec key exchange (IKE)",
    "1.3.6.1.5.5.7.3.21": "SSH client",
    "1.3.6.1.5.5.7.3.22": "SSH server",
    "1.3.6.1.5.5.7.3.36": "signing documents",
    "1.3.6.1.5.2.3.4": "Kerberos client (PKINIT)",
    "1.3.6.1.5.2.3.5": "Kerberos server (PKINIT)",
    "1.3.6.1.4.1.311.10.3.4": "encrypting files (Microsoft EFS)",
    "1.3.6.1.4.1.311.10.3.12": "signing documents (Microsoft)",
    "1.3.6.1.4.1.311.20.2.2": "smart card logon (Microsoft)",
    "2.16.840.1.113730.4.1": "server gated cryptography (Netscape)",
    "1.3.6.1.4.1.311.10.3.3": "server gated cryptography (Microsoft)",
}

KEY_USAGES = {
    "digitalSignature": "digital signature",
    "contentCommitment": "content commitment (non-repudiation)",
    "keyEncipherment": "key encipherment",
    "dataEncipherment": "data encipherment",
    "keyAgreement": "key agreement",
    "keyCertSign": "signing certificates",
    "cRLSign": "signing CRLs",
    "encipherOnly": "enciphering only",
    "decipherOnly": "deciphering only",
}

_HASHES = {"md5": "MD5", "sha1": "SHA-1", "sha224": "SHA-224", "sha256": "SHA-256"}
_HASHES |= {"sha384": "SHA-384", "sha512": "SHA-512"}
_WITH_RSA = re.compile(r"(md5|sha\d+)WithRSA(?:Encryption)?")
_WITH_OTHER = re.compile(r"(ecdsa|dsa)-with-(SHA\d+)")


def purpose(name: str) -> str:
    """An extended key usage, given by name or dotted OID."""
    return PURPOSES.get(name, name)


def key_usage(name: str) -> str:
    return KEY_USAGES.get(name, name)


def signature_algorithm(name: str) -> str:
    """As in "sha256WithRSAEncryption" as "SHA-256 with RSA"; those without a hash as they are."""
    if found := _WITH_RSA.fullmatch(name):
        return f"{_HASHES.get(found[1], found[1])} with RSA"
    if found := _WITH_OTHER.fullmatch(name):
        return f"{_HASHES.get(found[2].lower(), found[2])} with {found[1].upper()}"
    return name


def count(number: int, noun: str, several: str = "") -> str:
    """As in "1 day", "29 days". several: the plural, where it is not made by an "s"."""
    return f"{number:,} {noun if number == 1 else several or f'{noun}s'}"


def date(moment: datetime) -> str:
    """As in "24 Sep 2026", in UTC."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def date_and_time(moment: datetime) -> str:
    """As in "24 Sep 2026, 10:15:00 UTC"."""
    moment = moment.astimezone(UTC)
    return f"{date(moment)}, {moment:%H:%M:%S} UTC"


def span(length: timedelta) -> str:
    """How long, in one unit and rounded as `measure` does: "9 years", "29 days", "22 hours"."""
    number, noun = measure(length)
    return count(number, noun) if noun else "less than a minute"


def measure(length: timedelta) -> tuple[int, str]:
    """How long, as a number and the name of its unit; no unit below a minute.

    Rounded down, but for the unit's last twelfth: what was made for 90 days a moment ago ends in
    90 days, and 3,650 days are 10 years.
    """
    for start, unit, noun in _UNITS:
        if length >= start:
            return int(length / unit + _NEARLY), noun
    return 0, ""


def relative(moment: datetime, now: datetime) -> str:
    """As in "in 29 days", "2 days ago", "in less than a minute"."""
    if moment >= now:
        return f"in {span(moment - now)}"
    return f"{span(now - moment)} ago"


def fraction_used(not_before: datetime, not_after: datetime, now: datetime) -> float:
    """How much of the validity is over, from 0.0 to 1.0."""
    whole = (not_after - not_before).total_seconds()
    if whole <= 0:
        return 1.0
    return min(max((now - not_before).total_seconds() / whole, 0.0), 1.0)


def time_used(not_before: datetime, not_after: datetime, now: datetime) -> str:
    """As in "61 of 90 days used", in hours where the whole is under two days."""
    used, whole, noun = used_of_whole(not_before, not_after, now)
    return f"{used:,} of {count(whole, noun)} used" if noun else "not valid at any time"


def used_of_whole(not_before: datetime, not_after: datetime, now: datetime) -> tuple[int, int, str]:
    """How many "day"s or "hour"s are over, and of how many; no unit where it is never valid.

    The five minutes of backdating do not count as a day more.
    """
    length = not_after - not_before
    if length <= timedelta(0):
        return 0, 0, ""
    unit, noun = (_DAY, "day") if length >= 2 * _DAY else (timedelta(hours=1), "hour")
    whole = max(round(length / unit), 1)
    return round(fraction_used(not_before, not_after, now) * whole), whole, noun


def colons(digits: str) -> str:
    """Hex digits in pairs, a colon between: "9b:4e:02". A "-" before them stays."""
    sign = "-" if digits.startswith("-") else ""
    bare = digits.removeprefix("-")
    bare = "0" * (len(bare) % 2) + bare
    return sign + ":".join(bare[at : at + 2] for at in range(0, len(bare), 2))


def shortened(digits: str, first: int = 5, last: int = 2) -> str:
    """The first and last pairs: "3f:a2:11:90:4c:…:7e:08". Short ones stay whole."""
    pairs = colons(digits).split(":")
    if len(pairs) <= first + last + 1:
        return ":".join(pairs)
    return ":".join((*pairs[:first], "…", *pairs[-last:]))


def hex_dump(data: bytes, width: int = 16, most: int = 4_096) -> str:
    """Bytes as pairs of hex digits, `width` a line; what is beyond `most` bytes is counted."""
    lines = [data[at : at + width].hex(" ") for at in range(0, min(len(data), most), width)]
    if len(data) > most:
        lines.append(f"… and {len(data) - most:,} bytes more")
    return "\n".join(lines)


def clipped(text: str, most: int) -> str:
    """The text; one that is longer than `most` characters is cut, and what is left out counted."""
    return text if len(text) <= most else f"{text[:most]}… and {len(text) - most:,} characters more"
