"""The process that does a scan."""

import asyncio
import contextlib
import gc
import json
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import NoReturn

from mtlsgui.errors import MtlsguiError
from mtlsgui.tls.contexts import ClientContexts
from mtlsgui.tls.document import document
from mtlsgui.tls.probe import ask
from mtlsgui.tls.scanning.messages import (
    Order,
    ScanTarget,
    broken_row,
    dump_row,
    load_order,
    row_of,
)

_COLLECT_EVERY = 20_000
"""Objects made before cyclic garbage is looked for: it takes time, and a test leaves little."""


def run(pipe: Connection) -> NoReturn:
    """Carry out the one order that comes, then end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the starting process's to handle
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        with contextlib.suppress(OSError):  # a window on Windows has none
            os.dup2(nothing, stream)
    threading.Thread(target=_end_with_the_one_above, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):  # nobody listens any more
        order = load_order(pipe.recv_bytes())
        pipe.send_bytes(b'{"ready": true}')
        gc.set_threshold(_COLLECT_EVERY)
        try:
            asyncio.run(_carry_out(order, pipe))
        except MtlsguiError as error:
            refusal = {"title": error.title, "detail": error.detail, "remedy": error.remedy}
            pipe.send_bytes(json.dumps({"refused": refusal}).encode())
        pipe.close()
    os._exit(0)


def _end_with_the_one_above() -> None:
    above = parent_process()
    if above is not None:
        wait([above.sentinel])
        os._exit(1)


async def _carry_out(order: Order, pipe: Connection) -> None:
    """Begins the targets in their order, so that it is known which ones are under way."""
    contexts = ClientContexts(order.question.trust, order.now)
    ahead = iter(order.targets)
    lanes = min(order.at_once, len(order.targets))
    await asyncio.gather(*(_lane(order, ahead, contexts, pipe) for _ in range(lanes)))


async def _lane(
    order: Order,
    ahead: Iterator[tuple[int, ScanTarget]],
    contexts: ClientContexts,
    pipe: Connection,
) -> None:
    for number, target in ahead:
        question = target.question(order.question)
        try:
            result = await ask(
                question, order.now, contexts, try_without=order.try_without, drawn=order.documents
            )
        except (MtlsguiError, OSError, asyncio.CancelledError):
            raise
        except Exception as error:
            # Never its message, which might quote what a server sent.
            fault = f"A fault of ours: {type(error).__name__}."
            said = dump_row(number, broken_row(target.target, fault), None)
        else:
            said = dump_row(number, row_of(result), document(result) if order.documents else None)
        pipe.send_bytes(said)
