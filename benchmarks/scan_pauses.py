"""A window's event loop while a scan runs: how late a timer of 5 ms fires.

Prints one line of JSON: p99, max (ms), and how many servers were tested.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.tls.question import Identity, Question, Target, Trust
from mtlsgui.tls.scanning.messages import ScanTarget
from mtlsgui.tls.scanning.scan import Scan

# isort: split
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication

EVERY_MS, TARGETS = 5, 3_000


def main(port: str, root: str, certificate: str, key: str) -> int:
    """Scan the server at `port`, the window's loop running beside it."""
    target = Target("127.0.0.1", int(port), "bench.test")
    private = load_pem_private_key(Path(key).read_bytes(), None)
    identity = Identity(_facts(certificate), private, name="client")  # type: ignore[arg-type]
    question = Question(target, identity, Trust((_facts(root),)))
    scan = Scan(question, [ScanTarget(target)] * TARGETS, datetime.now(UTC))
    app = QApplication(["bench", "-platform", "offscreen"])
    clock, late = QElapsedTimer(), list[float]()
    good: list[bool] = []

    def work() -> None:
        good.extend(each.row.good for each in scan.results())

    thread = threading.Thread(target=work)

    def tick() -> None:
        late.append(clock.nsecsElapsed() / 1e6 - EVERY_MS)
        clock.restart()
        if not thread.is_alive():
            app.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    thread.start()
    clock.start()
    timer.start(EVERY_MS)
    app.exec()
    late.sort()
    print(json.dumps({"p99": late[int(len(late) * 0.99)], "max": late[-1], "good": sum(good)}))
    return 0


def _facts(file: str) -> CertificateFacts:
    loaded = x509.load_pem_x509_certificate(Path(file).read_bytes())
    return read_certificate(loaded.public_bytes(Encoding.DER))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
