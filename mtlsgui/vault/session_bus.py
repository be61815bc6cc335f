"""Questions to the D-Bus session bus about who offers the Secret Service (Linux and BSD).

jeepney is imported on first use: it is there with keyring on those systems only.
"""

import platform
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Any

_BUS_NAME = "org.freedesktop.secrets"


class BusState(Enum):
    """What can be said of the Secret Service."""

    NOT_USED = auto()
    """This system has no D-Bus session, nor needs one."""
    NO_BUS = auto()
    NO_SERVICE = auto()
    OFFERED = auto()
    """It runs, or the bus starts it when it is asked for."""


def bus_state() -> BusState:
    """Whether the session bus answers and offers the Secret Service."""
    if platform.system() in ("Windows", "Darwin"):
        return BusState.NOT_USED
    try:
        with _bus() as bus:
            running = bool(bus.NameHasOwner(_BUS_NAME)[0])
            offered = running or _BUS_NAME in bus.ListActivatableNames()[0]
    except ImportError:
        return BusState.NOT_USED
    except Exception:  # no address, no socket, not let in: jeepney has no common error
        return BusState.NO_BUS
    return BusState.OFFERED if offered else BusState.NO_SERVICE


def secret_service_process() -> str:
    """The name of the process that is the Secret Service now (cut to 15 characters), or ""."""
    try:
        with _bus() as bus:
            (pid,) = bus.GetConnectionUnixProcessID(_BUS_NAME)
        return Path(f"/proc/{int(pid)}/comm").read_text().strip()
    except Exception:  # it only serves to show a name: whatever fails, there is a general one
        return ""


@contextmanager
def _bus() -> Iterator[Any]:
    """A connection to the bus itself; a proxy object with its methods."""
    from jeepney.bus_messages import (  # type: ignore[import-untyped]
        message_bus,
    )
    from jeepney.io.blocking import (  # type: ignore[import-untyped]
        Proxy,
        open_dbus_connection,
    )

    with closing(open_dbus_connection()) as connection:
        yield Proxy(message_bus, connection)
