"""Words that several wizards use."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from mtlsgui.pki.profiles import Profile
from mtlsgui.workspace.drafts import Problem

translate = QCoreApplication.translate

_MOST_SENTENCES = 4


def certificate_title(profile: Profile) -> str:
    """What the wizard for a certificate of this profile is called."""
    known = {
        "server": translate("Wizards", "New server certificate"),
        "client": translate("Wizards", "New client certificate"),
        "peer": translate("Wizards", "New peer certificate"),
        "spiffe": translate("Wizards", "New SPIFFE certificate"),
    }
    return known.get(profile.id) or translate("Wizards", "New certificate: {}").format(profile.name)


def by_field(problems: Iterable[Problem], *, blocking: bool) -> dict[str, str]:
    """What is to be said at each field, one sentence a line."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        if problem.blocking is blocking:
            found.setdefault(problem.field, []).append(problem.message)
    return {field: sentences(messages) for field, messages in found.items()}


def sentences(messages: list[str]) -> str:
    """The first few, and how many more there are."""
    shown = messages[:_MOST_SENTENCES]
    if len(messages) > len(shown):
        shown.append(translate("Wizards", "And {} more.").format(len(messages) - len(shown)))
    return "\n".join(shown)
