"""Making and changing the profiles of a person's own."""

from dataclasses import replace

from mtlsgui.pki import usages
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import Profile, ProfileError, check, slug
from mtlsgui.workspace.drafts import Problem
from mtlsgui.workspace.workspace import Workspace

KEY_USAGES = tuple(name for name in usages.KEY_USAGES if name not in usages.CA_KEY_USAGES)
"""The key usages that a profile can have, by their names in RFC 5280."""

PURPOSES = usages.PURPOSES
"""The extended key usages that have a name; others are given as dotted OIDs."""

_SOUND = Profile("sound", "Sound", names_required=False)

_PARTS = {
    # (field of a problem, parts of a profile that are only sound or not together)
    "days": ("days",),
    "key_usage": ("key_usage",),
    "extended_key_usage": ("extended_key_usage",),
    "name_kinds": ("name_kinds", "names_required"),
    "uri_schemes": ("uri_schemes",),
    "domains": ("domains",),
    "subject": ("subject",),
}

_SENTENCES = {
    # what `check` says of it names codes, which only a profile's file has
    "key_usage": "“Enciphering only” and “deciphering only” mean nothing without “key agreement”.",
}


def blank(ws: Workspace) -> Profile:
    """What a new profile begins with: nothing but the preferences."""
    preferred = ws.preferences
    return Profile(
        id="",
        name="",
        days=preferred.leaf_days,
        key=preferred.leaf_key,
        subject=Subject(organization=preferred.organization),
    )


def problems(ws: Workspace, profile: Profile, replacing: str | None = None) -> tuple[Problem, ...]:
    """Everything that keeps `profile` from being kept, by its fields.

    replacing: the id of the profile that this is a new version of.
    """
    found = []
    if not profile.name.strip():
        found.append(Problem("name", "Give the profile a name."))
    elif any(_same(other.name, profile.name) for other in _others(ws, replacing)):
        found.append(
            Problem("name", f"There is a profile “{profile.name}” already. Choose another name.")
        )
    for field, parts in _PARTS.items():
        try:
            check(replace(_SOUND, **{part: getattr(profile, part) for part in parts}))
        except ProfileError as error:
            found.append(Problem(field, _SENTENCES.get(field, error.detail)))
    return tuple(found)


def named(ws: Workspace, profile: Profile, name: str, replacing: str | None = None) -> Profile:
    """`profile` under that name, with an id made from it that is free.

    A profile whose name stays keeps its id, by which `mtlsctl` and scripts know it.
    """
    given = name.strip()
    others = _others(ws, replacing)
    if replacing and any(
        known.id == replacing and known.name == given for known in ws.profiles.all()
    ):
        return replace(profile, id=replacing, name=given, built_in=False)
    taken = {other.id for other in others}
    base = slug(given)
    free, number = base, 2
    while free in taken:  # other names that are the same without their accents or signs
        free, number = f"{base[:60]}-{number}", number + 1
    return replace(profile, id=free, name=given, built_in=False)


def _others(ws: Workspace, replacing: str | None) -> list[Profile]:
    return [profile for profile in ws.profiles.all() if profile.id != replacing]


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
