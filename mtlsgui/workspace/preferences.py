"""What a person prefers, kept as TOML beside the inventory."""

import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import tomli_w

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import write_atomically
from mtlsgui.inventory.records import Warn
from mtlsgui.pki.keys import KeyAlgorithm

THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class Preferences:
    """Defaults and looks. Days are whole days.

    theme: one of THEMES.
    language: a language code such as "de"; empty follows the system.
    organization: offered as the organisation of what is made next.
    """

    theme: str = "system"
    language: str = ""
    organization: str = ""
    root_days: int = 3650
    intermediate_days: int = 1825
    leaf_days: int = 90
    authority_key: KeyAlgorithm = KeyAlgorithm.P384
    leaf_key: KeyAlgorithm = KeyAlgorithm.P256
    warn_days: int = 21
    warn_authority_days: int = 180

    @property
    def warn(self) -> Warn:
        return Warn(self.warn_days, self.warn_authority_days)


def load(path: Path) -> Preferences:
    """The preferences in `path`; the defaults where there is none.

    Raises MtlsguiError for a file that cannot be used, naming the entry at fault.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unusable(path, str(error)) from None
    return _from_document(document, path)


def save(preferences: Preferences, path: Path) -> None:
    """Keep `preferences` in `path`, replacing it atomically."""
    text = tomli_w.dumps(asdict(preferences))
    write_atomically(path, text.encode(), private=False, overwrite=True)


def _from_document(document: dict[str, Any], path: Path) -> Preferences:
    defaults = Preferences()
    values: dict[str, Any] = {}
    for field in fields(Preferences):
        if field.name not in document:
            continue
        value, default = document[field.name], getattr(defaults, field.name)
        try:
            if isinstance(default, KeyAlgorithm):
                values[field.name] = KeyAlgorithm(value)
            elif isinstance(value, bool) or not isinstance(value, type(default)):
                raise ValueError(f"{value!r} is not of the right type")
            elif isinstance(value, int) and not 1 <= value <= 36500:
                raise ValueError(f"{value} lies outside 1 to 36500 days")
            else:
                values[field.name] = value
        except ValueError as error:
            raise _unusable(path, f"“{field.name}”: {error}") from None
    if values.get("theme", "system") not in THEMES:
        raise _unusable(path, f"“theme” is one of {', '.join(THEMES)}")
    return replace(defaults, **values)


def _unusable(path: Path, detail: str) -> MtlsguiError:
    return MtlsguiError(
        "The preferences cannot be read.",
        f"{path}: {detail}.",
        "Mend the file, or remove it to begin with the defaults.",
    )
