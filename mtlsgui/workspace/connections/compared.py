"""What changed from one result of a test to another, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

_SLOWER = 2.0
"""A handshake that takes this many times as long is told; less is the network's mood."""
_LEAST_MS = 50.0
"""And this many milliseconds more."""


class Turn(StrEnum):
    """Whether a change is for the better."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was.

    what: a constant label. before, after: as it was and is; "" for nothing.
    """

    what: str
    before: str
    after: str
    turn: Turn = Turn.NEUTRAL

    @property
    def sentence(self) -> str:
        if self.before and self.after:
            return f"{self.what}: {self.after} (before: {self.before})."
        return f"{self.what}: {self.after or self.before}."


VERDICT = "Verdict"
NEW_PROBLEM = "New problem"
PROBLEM_GONE = "Problem gone"
CERTIFICATE = "Server certificate"
VALID_UNTIL = "Valid until"
ISSUER = "Issued by"
CHAIN = "Chain"
ASKS = "Client certificate"
ACCEPTED_CAS = "Takes certificates of"
HTTP = "HTTP status"
TIME = "Time to the verdict"
LABELS = (
    VERDICT,
    NEW_PROBLEM,
    PROBLEM_GONE,
    CERTIFICATE,
    VALID_UNTIL,
    ISSUER,
    CHAIN,
    ASKS,
    ACCEPTED_CAS,
    HTTP,
    TIME,
    "TLS version",
    "Cipher",
    "Group",
    "Server signs with",
    "ALPN",
)
"""All that `Change.what` can be; the window has them in its own language."""
_AGREED = (
    ("TLS version", "version"),
    ("Cipher", "cipher"),
    ("Group", "group"),
    ("Server signs with", "signature_algorithm"),
    ("ALPN", "alpn"),
)

Document = Mapping[str, Any]


def compare(before: Document, after: Document) -> tuple[Change, ...]:
    """What changed between two documents of `mtlsctl probe`; empty where all is as it was."""
    return (
        *_verdict(before, after),
        *_problems(before, after),
        *_certificate(before, after),
        *_agreed(before, after),
        *_client(before, after),
        *_answer(before, after),
        *_time(before, after),
    )


def _verdict(before: Document, after: Document) -> Iterator[Change]:
    if before["outcome"] == after["outcome"]:
        return
    turn = Turn.NEUTRAL
    if after["outcome"] == "accepted":
        turn = Turn.BETTER
    elif before["outcome"] == "accepted":
        turn = Turn.WORSE
    yield Change(VERDICT, _plain(before["sentence"]), _plain(after["sentence"]), turn)


def _problems(before: Document, after: Document) -> Iterator[Change]:
    def by_place(document: Document) -> dict[tuple[Any, ...], str]:
        return {
            (each["code"], each["side"], each["depth"]): _plain(each["title"])
            for each in document["problems"]
        }

    were, are = by_place(before), by_place(after)
    for place, title in are.items():
        if place not in were:
            yield Change(NEW_PROBLEM, "", title, Turn.WORSE)
    for place, title in were.items():
        if place not in are:
            yield Change(PROBLEM_GONE, title, "", Turn.BETTER)


def _certificate(before: Document, after: Document) -> Iterator[Change]:
    were, are = before["server_chain"], after["server_chain"]
    if not were or not are:
        return
    old, new = were[0], are[0]
    if old["fingerprint_sha256"] != new["fingerprint_sha256"]:
        yield Change(CERTIFICATE, _certificate_name(old), _certificate_name(new))
        yield from _field(VALID_UNTIL, _day(old), _day(new))
        yield from _field(ISSUER, old["issuer"], new["issuer"])
    above, now_above = ([each["fingerprint_sha256"] for each in c[1:]] for c in (were, are))
    if above != now_above:
        yield Change(CHAIN, _chain_names(were), _chain_names(are))


def _agreed(before: Document, after: Document) -> Iterator[Change]:
    old, new = before["tls"], after["tls"]
    if old and new:
        for what, name in _AGREED:
            yield from _field(what, old[name], new[name])


def _client(before: Document, after: Document) -> Iterator[Change]:
    old, new = before["client_certificate"], after["client_certificate"]
    if not before["tls"] or not after["tls"]:
        return
    yield from _field(ASKS, _demand(old), _demand(new))
    if old["requested"] and new["requested"]:
        yield from _field(
            ACCEPTED_CAS,
            "; ".join(old["acceptable_issuers"]) or "any CA",
            "; ".join(new["acceptable_issuers"]) or "any CA",
        )


def _answer(before: Document, after: Document) -> Iterator[Change]:
    old, new = before["http_status"], after["http_status"]
    if old and new:
        yield from _field(HTTP, str(old), str(new))


def _time(before: Document, after: Document) -> Iterator[Change]:
    old, new = before["timing_ms"]["verdict"], after["timing_ms"]["verdict"]
    if old is None or new is None or before["outcome"] != after["outcome"]:
        return
    if max(old, new) > _SLOWER * min(old, new) and abs(old - new) > _LEAST_MS:
        turn = Turn.WORSE if new > old else Turn.BETTER
        yield Change(TIME, f"{old:.0f} ms", f"{new:.0f} ms", turn)


def _field(what: str, before: str | None, after: str | None) -> Iterator[Change]:
    if before != after:
        yield Change(what, before or "none", after or "none")


def _demand(client: Document) -> str:
    if not client["requested"]:
        return "not asked for"
    if client["required"] is None:
        return "asked for"
    return "needed" if client["required"] else "asked for, not needed"


def _certificate_name(item: Document) -> str:
    return f"{item['subject'] or 'no name'} ({item['fingerprint_sha256'][:8]}…)"


def _chain_names(chain: list[Document]) -> str:
    names = [item["subject"] or "no name" for item in chain[1:]]
    return " ← ".join(names) or "no CA sent along"


def _day(item: Document) -> str | None:
    ends: str | None = item["not_after"]
    return ends[:10] if ends else None


def _plain(sentence: str) -> str:
    return sentence.removesuffix(".")
