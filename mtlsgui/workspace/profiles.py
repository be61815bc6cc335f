"""The profiles of a workspace: those built in, and the user's own as TOML files."""

from collections.abc import Iterator
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.files import write_atomically
from mtlsgui.pki.profiles import BUILT_IN, Profile, ProfileError, check, from_toml, to_toml


class ProfileStore:
    """Profiles by id. A file that cannot be read is passed over and named in `unreadable`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def all(self) -> tuple[Profile, ...]:
        """The built-in ones first, then the user's by name."""
        own = sorted((p for p, _ in self._own() if p), key=lambda p: p.name.casefold())
        return (*BUILT_IN.values(), *own)

    def unreadable(self) -> tuple[MtlsguiError, ...]:
        """What is wrong with files that could not be read."""
        return tuple(error for _, error in self._own() if error)

    def get(self, profile_id: str) -> Profile:
        """The profile of that id. Raises ProfileError where there is none."""
        for profile in self.all():
            if profile.id == profile_id:
                return profile
        known = ", ".join(profile.id for profile in self.all())
        raise ProfileError(
            f"There is no profile “{profile_id}”.", f"There are: {known}.", "Choose one of these."
        )

    def save(self, profile: Profile, *, replacing: str | None = None) -> Profile:
        """Keep a profile of the user's own.

        replacing: the id of the profile that this is a new version of; without it, an id that is
            taken is refused.
        """
        check(profile)
        if profile.id in BUILT_IN:
            raise ProfileError(
                f"“{profile.name}” is built in and cannot be changed.",
                "",
                "Copy it under another name and change the copy.",
            )
        if profile.id != replacing and self._path(profile.id).exists():
            raise ProfileError(
                f"There is a profile “{profile.name}” already.", "", "Choose another name."
            )
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(
            self._path(profile.id), to_toml(profile).encode(), private=False, overwrite=True
        )
        if replacing and replacing != profile.id:
            self.delete(replacing)
        return profile

    def delete(self, profile_id: str) -> None:
        """Remove a profile of the user's own; it is no error when it is gone already."""
        if profile_id in BUILT_IN:
            raise ProfileError("A built-in profile cannot be removed.")
        if Path(profile_id).name != profile_id:  # typed by a person: it must not lead elsewhere
            raise ProfileError(f"“{profile_id}” is not the id of a profile.")
        self._path(profile_id).unlink(missing_ok=True)

    def _path(self, profile_id: str) -> Path:
        return self._directory / f"{profile_id}.toml"

    def _own(self) -> Iterator[tuple[Profile | None, MtlsguiError | None]]:
        for path in sorted(self._directory.glob("*.toml")):
            try:
                profile = from_toml(path.read_text("utf-8"))
            except MtlsguiError as error:
                yield None, ProfileError(f"{path.name}: {error.title}", error.detail, error.remedy)
            except (OSError, UnicodeDecodeError) as error:
                yield None, ProfileError(f"{path.name} cannot be read.", str(error))
            else:
                if profile.id == path.stem and profile.id not in BUILT_IN:
                    yield profile, None
                else:
                    yield (
                        None,
                        ProfileError(
                            f"{path.name} is passed over.",
                            f"Its id is “{profile.id}”; file name and id must be the same.",
                            "Rename the file.",
                        ),
                    )
