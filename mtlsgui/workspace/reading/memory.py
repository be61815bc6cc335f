"""How much memory this process has, on Linux."""

import os
from pathlib import Path


def in_use() -> tuple[int, int]:
    """Bytes that are mapped, and bytes of them that are in memory."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    size = os.sysconf("SC_PAGE_SIZE")
    return int(pages[0]) * size, int(pages[1]) * size
