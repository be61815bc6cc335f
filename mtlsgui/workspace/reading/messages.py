"""What the window's process and the reading process say to each other."""

import dataclasses
import io
import pickle
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import FileError
from mtlsgui.formats.items import ReadResult
from mtlsgui.formats.limits import Limits, RefusedError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A MtlsguiError as plain data. bounded: it would be read with wider limits."""

    title: str
    detail: str = ""
    remedy: str = ""
    bounded: bool = False

    @classmethod
    def of(cls, error: MtlsguiError) -> "Refusal":
        return cls(error.title, error.detail, error.remedy, isinstance(error, RefusedError))

    def error(self, path: Path | None) -> MtlsguiError:
        """The error again, of the file at `path`."""
        if self.bounded:
            return RefusedError(self.title, self.detail, self.remedy)
        if path is not None:
            return FileError(path, self.title, self.detail, self.remedy)
        return MtlsguiError(self.title, self.detail, self.remedy)


@dataclass(frozen=True, slots=True)
class Task:
    """One file, or one text that was pasted.

    number: which of the things that were given, from 0; the files of a folder have the folder's.
    name: what it is called. path: None for a text, which `data` then is.
    folder: the folder that was named, when the file was found in one.
    refusal: why it cannot even be tried.
    """

    number: int
    name: str
    path: str | None = None
    data: bytes = field(default=b"", repr=False)
    folder: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Read these, one after the other.

    unfold: put the files in their place for each folder first, and answer with a Plan.
    home: the folder that relative paths start from; empty where there are none.
    """

    tasks: tuple[Task, ...]
    passphrases: tuple[bytes, ...] = field(repr=False)
    limits: Limits
    unfold: bool
    home: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an order comes to once its folders are unfolded."""

    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of the next task of the plan: one of the two."""

    result: ReadResult | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has loaded what it needs. The first thing that it says."""


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The next task of the plan needed more memory than there may be. The last thing said."""


Message: TypeAlias = Plan | Answer | Ready | OutOfMemory

_TIMES = {
    ("datetime", "datetime"): datetime,
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
}


def dump(message: Order | Message) -> bytes:
    """A message as bytes."""
    return pickle.dumps(message, protocol=5)


def load_order(data: bytes) -> Order:
    """What the window's process ordered. It is trusted."""
    order: Order = pickle.loads(data)  # noqa: S301
    return order


def load_message(data: bytes) -> Message:
    """What the reading process said. Raises pickle.UnpicklingError for all but plain data.

    A pickle can name any function to be called, and change any class. The process that wrote this
    one has read a file that may be hostile, so it may make our dataclasses and enumerations, and
    times, and can reach nothing else of this process.
    """
    try:
        message = _PlainData(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # what is malformed raises whatever its pieces raise
        raise pickle.UnpicklingError(f"malformed ({type(error).__name__})") from None
    if not isinstance(message, Message):
        raise pickle.UnpicklingError("no message")
    return message


class _PlainData(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _TIMES.get((module, name)) or _stand_in(module, name)


class _Sealed(type):
    """A class that stands in a pickle for another, and that the pickle cannot change."""

    def __setattr__(cls, name: str, value: object) -> None:
        raise pickle.UnpicklingError(f"{cls.__name__}.{name} is not to be set")


@cache
def _stand_in(module: str, name: str) -> type:
    """What makes instances of the class of that name. It keeps a pickle off the class itself.

    Raises pickle.UnpicklingError where it is no plain data.
    """
    if module.startswith(("mtlsgui.formats.", "mtlsgui.pki.", "mtlsgui.workspace.reading.")):
        kind = getattr(import_module(module), name, None)
        if isinstance(kind, type) and kind.__module__ == module:
            if dataclasses.is_dataclass(kind):
                return _Sealed(name, (), {"__new__": lambda _cls: object.__new__(kind)})
            if issubclass(kind, Enum):
                return _Sealed(name, (), {"__new__": lambda _cls, value: kind(value)})
    raise pickle.UnpicklingError(f"{module}.{name} is no plain data")
