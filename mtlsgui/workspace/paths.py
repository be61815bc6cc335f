"""Where a workspace lies, and what is in it."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "MTLSGUI_WORKSPACE"


def default_directory(environment: "os._Environ[str] | dict[str, str]" = os.environ) -> Path:
    """The workspace that the window opens: $MTLSGUI_WORKSPACE, else the user's data folder."""
    named = environment.get(ENVIRONMENT_VARIABLE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("mtlsgui", appauthor=False)) / "workspace"


@dataclass(frozen=True)
class Layout:
    """The files of one workspace."""

    directory: Path

    @property
    def inventory(self) -> Path:
        return self.directory / "inventory.sqlite"

    @property
    def vault(self) -> Path:
        """The passphrase-protected vault, where one is used."""
        return self.directory / "vault.bin"

    @property
    def profiles(self) -> Path:
        return self.directory / "profiles"

    @property
    def preferences(self) -> Path:
        return self.directory / "preferences.toml"
