"""Parts of a profile in words."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.words import core
from mtlsgui.pki.describe import words
from mtlsgui.pki.profiles import Profile

translate = QCoreApplication.translate


def capital(text: str) -> str:
    """With a capital letter at its beginning, the others as they are."""
    return text[:1].upper() + text[1:]


def purpose(name: str) -> str:
    """An extended key usage at the beginning of a line."""
    return capital(core(words.purpose(name)))


def key_usage(name: str) -> str:
    """A key usage at the beginning of a line."""
    return capital(core(words.key_usage(name)))


def lines(texts: Iterable[str]) -> str:
    """One a line, for a value."""
    return "\n".join(texts)


def fields(profile: Profile) -> list[tuple[str, str]]:
    """What a profile says, as captions and values."""
    subject = profile.subject.rfc4514()
    days = (
        translate("Profile", "1 day")
        if profile.days == 1
        else translate("Profile", "{} days").format(profile.days)
    )
    kinds = ", ".join(kind.label for kind in profile.name_kinds) or translate("Profile", "None")
    if profile.names_required:
        kinds = translate("Profile", "{}; at least one").format(kinds)
    found = [
        (translate("Profile", "Valid for"), days),
        (translate("Profile", "Key"), profile.key.label),
        (
            translate("Profile", "Purposes"),
            lines(purpose(name) for name in profile.extended_key_usage)
            or translate("Profile", "Not limited"),
        ),
        (
            translate("Profile", "Key usages"),
            lines(key_usage(name) for name in profile.key_usage) or translate("Profile", "None"),
        ),
        (translate("Profile", "Names"), kinds),
    ]
    if profile.domains:
        found.append((translate("Profile", "Domains"), ", ".join(profile.domains)))
    if profile.uri_schemes:
        schemes = ", ".join(f"{scheme}:" for scheme in profile.uri_schemes)
        found.append((translate("Profile", "URIs"), schemes))
    if subject:
        found.append((translate("Profile", "Subject"), subject))
    return found
