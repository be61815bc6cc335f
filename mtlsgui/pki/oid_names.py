"""Names of object identifiers and of Certificate Transparency logs, from lists that others keep.

The lists are `resources/data/*.tsv`; tools/oid_names.py and tools/ct_logs.py write them. They are
read when the first name is asked for: an application that shows none pays nothing.
"""

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "resources" / "data"


def oid_name(dotted: str) -> str:
    """The name of an object identifier, as in "commonName"; empty for an unknown one."""
    return _table("oids.tsv").get(dotted, "")


def with_name(dotted: str) -> str:
    """As in "2.5.4.3 (commonName)"; the dotted form alone for an unknown one."""
    name = oid_name(dotted)
    return f"{dotted} ({name})" if name else dotted


def log_name(log_id: bytes) -> str:
    """The name of a Certificate Transparency log; empty for an unknown one."""
    return _table("ct_logs.tsv").get(log_id.hex(), "")


@cache
def _table(name: str) -> dict[str, str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {key: value for key, _, value in lines}
