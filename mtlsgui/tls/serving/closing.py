"""The last steps of a connection that passed through here: how much, who ended it, and how."""

from mtlsgui.tls.result import Sender, Step, StepState
from mtlsgui.tls.serving.legs import End, Leg

_HOW = {
    End.GOODBYE: "by a goodbye (close_notify)",
    End.CUT: "by TCP alone, without a goodbye in TLS",
    End.RESET: "by a reset of TCP",
    End.BROKEN: "by an error of TLS",
}
_HOW_PLAIN = {End.CUT: "by TCP", End.RESET: "by a reset of TCP"}


def closing_steps(client: Leg, server: Leg, at_ms: float, *, local: str = "") -> tuple[Step, ...]:
    """local: why we ended it ourselves; empty where one of them did."""
    found = [
        Step(0, sender, "Data", StepState.OK, f"{leg.taken:,} bytes passed on, none kept")
        for sender, leg in _sides(client, server)
        if leg.taken
    ]
    if local:
        found.append(Step(0, "local", "End", StepState.OK, local, at_ms=at_ms))
        return tuple(found)
    ended = sorted(_sides(client, server), key=lambda side: side[1].ended_at)
    for sender, leg in ended:
        if leg.end is not None:
            how = (_HOW if leg.tls is not None else _HOW_PLAIN)[leg.end]
            state = StepState.FAILED if leg.end in (End.RESET, End.BROKEN) else StepState.OK
            first = "ended first, " if leg is ended[0][1] else ""
            found.append(Step(0, sender, "End", state, f"{first}{how}"))
    return tuple(found)


def _sides(client: Leg, server: Leg) -> tuple[tuple[Sender, Leg], ...]:
    return ("client", client), ("server", server)
