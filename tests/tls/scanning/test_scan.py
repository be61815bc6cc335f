"""Scans of real servers in a process of their own."""

from __future__ import annotations

import json
import multiprocessing
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psutil
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.question import Limits, Protocol, Question, Target
from mtlsgui.tls.result import Outcome
from mtlsgui.tls.scanning.messages import (
    Order,
    ScanRow,
    ScanTarget,
    dump_order,
    dump_row,
    load_order,
    load_row,
)
from mtlsgui.tls.scanning.scan import Scan, Scanned
from tests.tls.papers import HOST, NOW, world
from tests.tls.servers import free_port, python_ssl

QUICK = Limits(connect=2, handshake=2, answer=2)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with python_ssl(tmp_path_factory.mktemp("good"), world().servers["good"]) as listening:
        yield listening


def at(port: int) -> ScanTarget:
    return ScanTarget(Target("127.0.0.1", port, HOST))


def question(identity: str = "good") -> Question:
    return Question(Target("127.0.0.1", 1, HOST), world().identity(identity), world().trust, QUICK)


def by_number(scan: Scan) -> list[Scanned]:
    return sorted(scan.results(), key=lambda each: each.number)


class Stopped(Exception):
    pass


def children() -> set[int]:
    return {each.pid for each in psutil.Process().children(recursive=True)}


def test_each_target_has_its_row(port: int) -> None:
    closed = free_port()
    good, refused, again = by_number(Scan(question(), [at(port), at(closed), at(port)], NOW))
    assert again.row.good
    leaf = world().servers["good"].facts
    assert replace(good.row, ms=None) == ScanRow(
        f"127.0.0.1:{port}",
        HOST,
        Outcome.ACCEPTED,
        "The server accepted your certificate.",
        expires=leaf.not_after,
        issuer=leaf.issuer or "",
        version="TLS 1.3",
        cipher="TLS_AES_256_GCM_SHA384",
    )
    assert good.row.good
    assert good.document is None
    assert refused.row.outcome is Outcome.UNREACHABLE
    assert refused.row.codes == ("connection_refused",)
    assert not refused.row.good


def test_documents_and_whether_the_certificate_is_needed_come_where_asked_for(port: int) -> None:
    (only,) = Scan(question(), [at(port)], NOW, documents=True, try_without=True).results()
    assert only.row.requires is True
    assert only.document is not None
    assert only.document["outcome"] == "accepted"
    assert only.document["client_certificate"]["required"] is True


def test_more_targets_than_are_tested_at_once(port: int) -> None:
    found = by_number(Scan(question(), [at(port)] * 40, NOW, at_once=4))
    assert [each.number for each in found] == list(range(40))
    assert all(each.row.good for each in found)


def test_a_scan_that_is_stopped_leaves_no_process(port: int) -> None:
    before = children()

    def look() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        list(Scan(question(), [at(port)], NOW).results(look))
    results = Scan(question(), [at(port)] * 50, NOW, at_once=1).results()
    next(results)
    assert len(children() - before - _trackers()) == 1
    results.close()
    assert children() - before - _trackers() == set()


def _trackers() -> set[int]:
    """Python's own helper of spawned processes, which stays."""
    from multiprocessing import resource_tracker

    pid = getattr(resource_tracker._resource_tracker, "_pid", None)
    return {pid} if pid else set()


def test_a_process_that_dies_costs_at_most_the_target_that_killed_it(port: int) -> None:
    """Killed from outside while a silent server keeps it waiting: whatever it was, is told."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mute = at(silent.getsockname()[1])
        targets = [at(port), mute, at(port)]
        before = children()
        killed = 0
        held: list[socket.socket] = []

        def look() -> None:
            """Each process is killed once it waits for the silent server, and for it alone."""
            nonlocal killed
            silent.setblocking(False)
            try:
                held.append(silent.accept()[0])
            except OSError:
                return
            for process in multiprocessing.active_children():
                if process.pid not in before:
                    process.kill()
                    killed += 1

        found = sorted(Scan(question(), targets, NOW, at_once=2).results(look),
                       key=lambda each: each.number)  # fmt: skip
        for each in held:
            each.close()
    assert killed == 2  # with others, then alone
    assert [each.row.outcome for each in found] == [Outcome.ACCEPTED, None, Outcome.ACCEPTED]
    assert found[1].row.codes == ("test_failed",)
    assert "broke down" in found[1].row.sentence


def test_an_identity_that_cannot_be_presented_ends_the_scan_in_words(port: int) -> None:
    identity = world().identity("good")
    assert identity is not None
    wrong = replace(identity, key=world().clients["expired"].key)
    asked = replace(question(), identity=wrong)
    with pytest.raises(MtlsguiError, match="does not belong to this certificate"):
        list(Scan(asked, [at(port)], NOW).results())


def test_an_order_carries_the_key_and_shows_it_nowhere() -> None:
    identity = world().identity("good")
    assert identity is not None
    order = Order((), question(), b"", NOW, 1, documents=False, try_without=False)
    loaded = load_order(dump_order(order)).question.identity
    assert loaded is not None
    assert loaded.key.public_key() == identity.key.public_key()
    assert loaded.certificate == identity.certificate
    secret = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    held = replace(order, key=secret)
    assert repr(secret)[2:-1] not in repr(held)
    assert secret.hex() not in repr(held)


def test_rows_pass_as_json() -> None:
    row = ScanRow(
        "a:1", "a", Outcome.ACCEPTED, "Yes.", ("x",), NOW, "CN=CA", requires=False, ms=1.5,
        warnings=("y",),
    )  # fmt: skip
    assert load_row(json.loads(dump_row(3, row, {"a": 1}))) == (3, row, {"a": 1})


def test_a_target_is_asked_in_its_own_way() -> None:
    target = replace(at(1), protocol=Protocol.SMTP, path="/x")
    asked = target.question(question())
    assert (asked.target, asked.protocol, asked.http.path) == (
        target.target, Protocol.SMTP, "/x",
    )  # fmt: skip
    silent = target.question(replace(question(), protocol=Protocol.NONE))
    assert silent.protocol is Protocol.NONE


def test_certificates_are_judged_by_the_time_that_is_handed_in(port: int) -> None:
    (later,) = Scan(question(), [at(port)], NOW + timedelta(days=3650)).results()
    assert "certificate_expired" in later.row.codes
