"""Feed the reader with mutations that reach new code, and stop at the first that breaks it.

    python -m tools.fuzz_read [FOLDER …] [libFuzzer's options, such as -max_total_time=600]

It needs `atheris`, which is not among the dependencies: an environment of its own is best, with
what the reader imports. The folders hold files to begin with, one to a file; new finds are added to
the first. What breaks the reader is kept as `crash-…` in the working folder.

Broken means: an exception leaves the reader or what shows and groups its items; an error of the
kind that only bugs raise is met inside and shown as "It cannot be read"; an answer does not survive
the way between the processes; there is neither item nor error.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

LIMITS = {
    "file_size": 256 * 1024,
    "pem_blocks": 200,
    "kdf_rounds": 5_000,
    "kdf_memory": 2 * 1024 * 1024,
    "bcrypt_rounds": 1,
    "unpacked_size": 2 * 1024 * 1024,
}
"""Small ones: time goes into new paths, and not into long ones."""
PASSPHRASES = (b"secret", b"")
BUGS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
)
MOST_SHOWN = 50


def target() -> Any:
    """The function that is given the mutations. What it raises is a find."""
    from mtlsgui.formats.as_json import file_as_json
    from mtlsgui.formats.describing import describe_item
    from mtlsgui.formats.group import group
    from mtlsgui.formats.items import encoding_of
    from mtlsgui.formats.limits import Limits
    from mtlsgui.formats.read import read
    from mtlsgui.pki import extensions
    from mtlsgui.pki.asn1.outline import outline
    from mtlsgui.pki.describe import as_text
    from mtlsgui.workspace.reading.messages import Answer, dump, load_message

    limits = Limits(**LIMITS)
    words = extensions.reason

    def reason(error: Exception) -> str:
        """In the place of the function that puts an exception into words."""
        if isinstance(error, BUGS) and _is_ours(error):
            raise Found from error
        return words(error)

    for name, module in list(sys.modules.items()):
        if name.startswith("mtlsgui.") and vars(module).get("reason") is words:
            vars(module)["reason"] = reason

    def look(data: bytes) -> None:
        result = read(data, passphrases=PASSPHRASES, limits=limits)
        if not (result.items or result.errors):
            raise Found
        for item in result.items[:MOST_SHOWN]:
            as_text(describe_item(item))
            if encoding := encoding_of(item):
                outline(encoding)
        json.dumps(file_as_json("fuzzed", result))
        group(result.items)
        answer = Answer(result)
        if load_message(dump(answer)) != answer:
            raise Found

    return look


class Found(BaseException):
    """A bug that nobody would have been told of, or not as one."""


def _is_ours(error: BaseException) -> bool:
    """Whether it was raised in our code, not in a library that was handed nonsense."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and "mtlsgui" in trace.tb_frame.f_code.co_filename


def main() -> None:
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["mtlsgui"]):
        look = target()
    atheris.Setup(sys.argv, look)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
