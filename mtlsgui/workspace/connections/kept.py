"""Connection tests kept under a name, run again, and what came of them.

No secret is kept: no passphrase, no password of a proxy or in an address, no header that logs in.
Certificates are named by their fingerprints, which hold where ids change.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtlsgui.errors import MtlsguiError
from mtlsgui.inventory.records import ConnectionResultRow, ConnectionTestRow
from mtlsgui.tls.http import logs_in
from mtlsgui.tls.question import IpFamily, Limits, Offer, ProxyProtocol, StartTls
from mtlsgui.tls.result import ProbeResult, Step
from mtlsgui.workspace.connecting import ConnectionTest, Secrets, TrustKind, probe
from mtlsgui.workspace.connections.addresses import without_credentials, without_password
from mtlsgui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from mtlsgui.workspace.inspecting import Reader

_NO_SECRETS = Secrets()


class CertificateGone(MtlsguiError):
    """What a kept test refers to is not in the inventory any more."""


@dataclass(frozen=True)
class KeptTest:
    """A test under a name.

    test: without what is gone. gone: sentences on that.
    outcome, sentence, last_at: of its newest result; None before the first one.
    """

    id: int
    name: str
    test: ConnectionTest
    gone: tuple[str, ...]
    outcome: str | None
    sentence: str | None
    last_at: datetime | None


def keep(ws: Workspace, name: str, test: ConnectionTest) -> KeptTest:
    """Keep a test. Raises MtlsguiError for an empty name or one that is taken."""
    called = _named(name)
    asked = _encode(ws, test)
    with ws.recorded("test.saved", "test", called, address=without_credentials(test.address)) as to:
        to.object_id = ws.inventory.connection_tests.add(called, asked)
    return get(ws, to.object_id)


def change(ws: Workspace, test_id: int, test: ConnectionTest) -> KeptTest:
    """Keep another question under the same name; its results stay."""
    row = ws.inventory.connection_tests.get(test_id)
    asked = _encode(ws, test)
    address = without_credentials(test.address)
    with ws.recorded("test.changed", "test", row.name, row.id, address=address):
        ws.inventory.connection_tests.change(test_id, asked=asked)
    return get(ws, test_id)


def rename(ws: Workspace, test_id: int, name: str) -> None:
    """Another name. Raises as `keep`."""
    row = ws.inventory.connection_tests.get(test_id)
    called = _named(name)
    if called != row.name:
        with ws.recorded("test.renamed", "test", row.name, row.id, to=called):
            ws.inventory.connection_tests.change(test_id, name=called)


def delete(ws: Workspace, test_id: int) -> None:
    """Forget a test and its results."""
    row = ws.inventory.connection_tests.get(test_id)
    with ws.recorded("test.deleted", "test", row.name, row.id):
        ws.inventory.connection_tests.delete(test_id)


def get(ws: Workspace, test_id: int) -> KeptTest:
    """Raises InventoryNotFound."""
    return _kept(ws, ws.inventory.connection_tests.get(test_id))


def all_kept(ws: Workspace) -> list[KeptTest]:
    """All tests, by name."""
    return [_kept(ws, row) for row in ws.inventory.connection_tests.all()]


def run(
    ws: Workspace,
    test_id: int,
    check: Callable[[], None] | None = None,
    *,
    secrets: Secrets = _NO_SECRETS,
    reader: "Reader | None" = None,
) -> ProbeResult:
    """Make a kept test again, and keep what comes of it.

    Raises CertificateGone where it would not be the same test, and as `connecting.probe`.
    """
    kept = get(ws, test_id)
    if kept.gone:
        raise CertificateGone(
            "This test cannot be made as it was.",
            " ".join(kept.gone),
            "Choose another certificate, and save the test again.",
        )
    result = probe(ws, kept.test, check, secrets=secrets, reader=reader)
    keep_result(ws, test_id, result)
    return result


def keep_result(ws: Workspace, test_id: int, result: ProbeResult) -> int:
    """Keep what came of a test; its id. The newest 50 are kept.

    Not the server's answer to the request, which may say what is nobody's business: neither as a
    whole nor as what the step of the answer opens to.
    """
    from mtlsgui.tls.document import document

    shown = replace(result, answer="", steps=tuple(map(_without_answer, result.steps)))
    said = document(shown)
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return ws.inventory.connection_tests.add_result(
        test_id, result.at, result.outcome.value, result.sentence, text
    )


def _without_answer(step: Step) -> Step:
    return replace(step, details=tuple(each for each in step.details if each.name != "Answer"))


def results(ws: Workspace, test_id: int) -> list[ConnectionResultRow]:
    """What came of a test, newest first."""
    return ws.inventory.connection_tests.results(test_id)


def result_document(ws: Workspace, result_id: int) -> dict[str, Any]:
    """A result as `mtlsctl probe --json` has it. Raises InventoryNotFound."""
    found: dict[str, Any] = json.loads(ws.inventory.connection_tests.document(result_id))
    return found


def as_kept(test: ConnectionTest) -> ConnectionTest:
    """The test as it would be kept: without what is never kept."""
    return replace(
        test,
        address=without_credentials(test.address.strip()),
        proxy=without_password(test.proxy)[0],
        http_headers=tuple(each for each in test.http_headers if not logs_in(each[0])),
    )


def _kept(ws: Workspace, row: ConnectionTestRow) -> KeptTest:
    test, gone = _decode(ws, json.loads(row.asked))
    return KeptTest(row.id, row.name, test, gone, row.outcome, row.sentence, row.last_at)


def _named(name: str) -> str:
    called = " ".join(name.split())
    if not called:
        raise MtlsguiError("The test needs a name.", "", "Type a name for it.")
    return called


def _encode(ws: Workspace, test: ConnectionTest) -> str:
    """What is asked, as JSON; what is as usual is left out."""
    clean, usual = as_kept(test), ConnectionTest("")
    asked = {
        "address": clean.address,
        "identity": _reference(ws, clean.identity_id),
        "identity_files": [str(path) for path in clean.identity_files],
        "trust": clean.trust.value,
        "authority": _reference(ws, clean.authority_id),
        "trust_files": [str(path) for path in clean.trust_files],
        "trust_certificates": [base64.b64encode(der).decode() for der in clean.trust_certificates],
        "crl_files": [str(path) for path in clean.crl_files],
        "server_name": clean.server_name.strip(),
        "offer": asdict(clean.offer) if clean.offer != usual.offer else None,
        "starttls": clean.starttls,
        "proxy": clean.proxy,
        "proxy_protocol": clean.proxy_protocol,
        "family": clean.family if clean.family is not usual.family else None,
        "http_method": clean.http_method if clean.http_method != usual.http_method else None,
        "http_path": clean.http_path,
        "http_headers": [list(each) for each in clean.http_headers],
        "limits": asdict(clean.limits) if clean.limits != usual.limits else None,
    }
    kept: dict[str, Any] = {name: value for name, value in asked.items() if value}
    for name in ("send_request", "try_without"):
        if not getattr(clean, name):
            kept[name] = False
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _decode(ws: Workspace, asked: Mapping[str, Any]) -> tuple[ConnectionTest, tuple[str, ...]]:
    gone: list[str] = []

    def paths(name: str) -> tuple[Path, ...]:
        return tuple(map(Path, asked.get(name, ())))

    offer, starttls, header = asked.get("offer"), asked.get("starttls"), asked.get("proxy_protocol")
    usual = ConnectionTest("")
    test = ConnectionTest(
        address=asked.get("address", ""),
        identity_id=_referred(ws, asked.get("identity"), gone),
        identity_files=paths("identity_files"),
        trust=TrustKind(asked.get("trust", usual.trust)),
        authority_id=_referred(ws, asked.get("authority"), gone),
        trust_files=paths("trust_files"),
        trust_certificates=tuple(map(base64.b64decode, asked.get("trust_certificates", ()))),
        crl_files=paths("crl_files"),
        server_name=asked.get("server_name", ""),
        offer=Offer(**{name: _tuple(value) for name, value in offer.items()}) if offer else Offer(),
        starttls=StartTls(starttls) if starttls else None,
        proxy=asked.get("proxy", ""),
        proxy_protocol=ProxyProtocol(header) if header else None,
        family=IpFamily(asked.get("family", usual.family)),
        send_request=asked.get("send_request", True),
        http_method=asked.get("http_method", usual.http_method),
        http_path=asked.get("http_path", ""),
        http_headers=tuple((name, value) for name, value in asked.get("http_headers", ())),
        limits=Limits(**asked.get("limits", {})),
        try_without=asked.get("try_without", True),
    )
    return test, tuple(gone)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _reference(ws: Workspace, certificate_id: int | None) -> dict[str, str] | None:
    if certificate_id is None:
        return None
    row = ws.inventory.certificates.get(certificate_id)
    return {"fingerprint": row.fingerprint, "name": row.name}


def _referred(ws: Workspace, reference: Mapping[str, str] | None, gone: list[str]) -> int | None:
    if reference is None:
        return None
    found = ws.inventory.certificates.id_of(reference["fingerprint"])
    if found is None:
        gone.append(
            f"“{reference['name']}” (SHA-256 {reference['fingerprint'][:8]}…) "
            "is not in the inventory any more."
        )
    return found
