"""The picture of a test is well-formed, whatever the server says."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from mtlsgui.tls.drawing import DARK, LIGHT, Palette, draw
from mtlsgui.tls.evidence import Evidence, NetworkFault
from mtlsgui.tls.probe import judge
from mtlsgui.tls.question import Question, Target, Trust
from mtlsgui.tls.result import ProbeResult, Step, StepState

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert("1")</script>&amp;\x00\x1b\u202e]]>\ud800'


def result() -> ProbeResult:
    question = Question(Target("host.test", 443, "host.test"), None, Trust())
    fault = Evidence(question, datetime(2026, 1, 1, tzinfo=UTC), fault=NetworkFault.REFUSED)
    made = judge(fault)
    steps = (
        Step(1, "client", "ClientHello", StepState.OK, "TLS 1.3", 300, 1.0),
        Step(2, "client", "Certificate", StepState.OK, "reconciler", 900, 4.0, is_cause=True),
        Step(3, "server", "Alert 45: certificate expired", StepState.FAILED, "sent", 2, 9.0),
        Step(4, "client", "GET /", StepState.NOT_REACHED, "not reached"),
    )
    return replace(made, steps=steps)


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [each.text or "" for each in root.iter(f"{NS}text")]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_it_says_what_the_test_says(palette: Palette) -> None:
    made = result()
    svg = draw(made, palette)
    shown = texts(svg)
    assert [each.message for each in made.steps if each.message in shown] == [
        each.message for each in made.steps
    ]
    assert "reconciler · this is why" in shown
    assert svg.count("stroke-dasharray") == 1
    assert palette.background in svg


def test_all_that_is_wrong_is_below_errors_first() -> None:
    made = result()
    (error,) = made.problems
    warning = replace(error, title="Something odd", explanation="", is_warning=True)
    shown = texts(draw(replace(made, problems=(warning, error))))
    titles = [f"{each.side.capitalize()}: {each.title}" for each in (error, warning)]
    assert [each for each in shown if each in titles] == titles
    assert " ".join(shown).count(error.fix) == 2
    bounded = draw(replace(made, problems=(replace(error, explanation="x " * 10**6),) * 1_000))
    assert len(bounded) < 60_000


def test_hostile_names_stay_text() -> None:
    made = result()
    step = replace(made.steps[0], message=HOSTILE, note=HOSTILE * 50)
    svg = draw(replace(made, steps=(step,), server_name=HOSTILE, target=HOSTILE, sentence=HOSTILE))
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert {each.tag.removeprefix(NS) for each in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "line", "circle", "path",
    }  # fmt: skip
    assert "\u202e" not in svg
    svg.encode("utf-8")
