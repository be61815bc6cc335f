"""One trust store for many connections: pyOpenSSL's bindings that it reaches for are there."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

from mtlsgui.tls.contexts import ClientContexts
from mtlsgui.tls.conversation import converse
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Question, Target
from mtlsgui.tls.result import Outcome
from tests.tls.papers import HOST, NOW, world
from tests.tls.servers import python_ssl


def test_a_store_serves_several_connections_and_outlives_none_too_early(tmp_path: Path) -> None:
    with python_ssl(tmp_path, world().servers["good"]) as port:
        asked = Question(Target("127.0.0.1", port, HOST), world().identity("good"), world().trust)
        contexts = ClientContexts(asked.trust, NOW)

        async def twice() -> list[Outcome]:
            found = await asyncio.gather(*(converse(asked, NOW, contexts) for _ in range(2)))
            return [judge(each).outcome for each in found]

        assert asyncio.run(twice()) == [Outcome.ACCEPTED] * 2
        gc.collect()
        assert judge(asyncio.run(converse(asked, NOW, contexts))).outcome is Outcome.ACCEPTED
