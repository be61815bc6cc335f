"""Where backups of an inventory lie and what they are called."""

import re
from datetime import datetime
from pathlib import Path

_NAME = re.compile(r"inventory-(\d+)-(\d{8}T\d{6}Z)(?:-(\d+))?\.sqlite")


def folder(inventory_path: Path) -> Path:
    """The folder of backups beside the inventory."""
    return inventory_path.parent / "backups"


def unused_path(inventory_path: Path, version: int, now: datetime) -> Path:
    """`backups/inventory-VERSION-TIME.sqlite`, numbered when that second is taken."""
    stem = f"inventory-{version}-{now:%Y%m%dT%H%M%SZ}"
    path = folder(inventory_path) / f"{stem}.sqlite"
    number = 2
    while path.exists():
        path = folder(inventory_path) / f"{stem}-{number}.sqlite"
        number += 1
    return path


def all_backups(inventory_path: Path) -> list[Path]:
    """The backups there are, oldest first."""
    found: list[tuple[str, int, Path]] = []
    for path in folder(inventory_path).glob("inventory-*.sqlite"):
        if match := _NAME.fullmatch(path.name):
            found.append((match[2], int(match[3] or 1), path))
    return [path for _, _, path in sorted(found)]


def latest(inventory_path: Path) -> Path | None:
    """The newest backup, or None."""
    backups = all_backups(inventory_path)
    return backups[-1] if backups else None
