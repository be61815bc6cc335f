"""What goes through the pipe between a scan and the process that does it.

Orders are pickled: who gives them is trusted. Answers are JSON: the process that gives them has
talked with servers that may be hostile, and JSON can be nothing but data.
"""

import json
import pickle
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mtlsgui.pki.keys import signing_key
from mtlsgui.tls.question import (
    HttpRequest,
    Identity,
    Opening,
    Protocol,
    Question,
    StartTls,
    Target,
)
from mtlsgui.tls.result import Outcome, ProbeResult


@dataclass(frozen=True, slots=True)
class ScanTarget:
    """One server of a scan. path: what is asked for by HTTP."""

    target: Target
    protocol: Protocol = Protocol.HTTP
    path: str = "/"
    starttls: StartTls | None = None

    def question(self, template: Question) -> Question:
        """The same question, put to this server."""
        opening, http = template.opening, template.http
        quiet = template.protocol is Protocol.NONE
        return replace(
            template,
            target=self.target,
            opening=Opening(opening.proxy, opening.proxy_protocol, self.starttls, opening.family),
            protocol=Protocol.NONE if quiet else self.protocol,
            http=HttpRequest(http.method, self.path, http.headers),
        )


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One server's result in short.

    outcome: None where the test itself broke down. codes: of its problems, the decisive one first.
    expires, issuer: of the server's certificate. version, cipher: empty where none were agreed on.
    requires: whether it needs a client certificate; None where that cannot be told.
    ms: until the verdict.
    """

    target: str
    server_name: str
    outcome: Outcome | None
    sentence: str
    codes: tuple[str, ...] = ()
    expires: datetime | None = None
    issuer: str = ""
    version: str = ""
    cipher: str = ""
    requires: bool | None = None
    ms: float | None = None
    warnings: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Accepted, and nothing wrong but what is worth a note."""
        return self.outcome is Outcome.ACCEPTED and not self.codes


def row_of(result: ProbeResult) -> ScanRow:
    """A result in short."""
    leaf = result.server_chain[0] if result.server_chain else None
    agreed, client = result.tls, result.client_certificate
    return ScanRow(
        target=result.target,
        server_name=result.server_name,
        outcome=result.outcome,
        sentence=result.sentence,
        codes=tuple(each.code for each in result.problems if not each.is_warning),
        expires=leaf.not_after if leaf else None,
        issuer=(leaf.issuer or "") if leaf else "",
        version=agreed.version if agreed else "",
        cipher=agreed.cipher if agreed else "",
        requires=client.required,
        ms=result.timing.verdict,
        warnings=tuple(each.code for each in result.problems if each.is_warning),
    )


def broken_row(target: Target, sentence: str) -> ScanRow:
    """The row of a server whose test broke down."""
    return ScanRow(str(target), target.server_name, None, sentence, ("test_failed",))


@dataclass(frozen=True)
class Order:
    """Test these, so many at once.

    question: what is asked of each; its target is of no account, and its identity stands apart.
    identity: without its key, which `key` is: PKCS#8, DER, not encrypted.
    """

    targets: tuple[tuple[int, ScanTarget], ...]
    question: Question
    key: bytes = field(repr=False)
    now: datetime
    at_once: int
    documents: bool
    try_without: bool


def dump_order(order: Order) -> bytes:
    """As bytes. They hold the key: they go through a pipe and nowhere else."""
    identity = order.question.identity
    if identity is None:
        return pickle.dumps(order, protocol=5)
    key = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    bare = replace(order.question, identity=replace(identity, key=None))  # type: ignore[arg-type]
    return pickle.dumps(replace(order, question=bare, key=key), protocol=5)


def load_order(data: bytes) -> Order:
    """The order again, the key in its place."""
    order: Order = pickle.loads(data)  # noqa: S301 - from the process that started this one
    bare = order.question.identity
    if bare is None:
        return order
    key = signing_key(order.key)
    if key is None:
        raise ValueError("the key cannot be used")
    identity: Identity = replace(bare, key=key)
    return replace(order, question=replace(order.question, identity=identity), key=b"")


def dump_row(number: int, row: ScanRow, document: dict[str, Any] | None) -> bytes:
    """One answer."""
    values = asdict(row)
    values["expires"] = row.expires.isoformat() if row.expires else None
    return json.dumps({"n": number, "row": values, "document": document}).encode()


def load_row(said: dict[str, Any]) -> tuple[int, ScanRow, dict[str, Any] | None]:
    """The answer again. Raises ValueError, KeyError, TypeError where it is none."""
    values = dict(said["row"])
    values["outcome"] = Outcome(values["outcome"]) if values["outcome"] else None
    values["expires"] = datetime.fromisoformat(values["expires"]) if values["expires"] else None
    for name in ("codes", "warnings"):
        values[name] = tuple(map(str, values[name]))
    return int(said["n"]), ScanRow(**values), said["document"]
