"""Names: what a command line says of those in a certificate."""

from mtlsgui.pki.names import AlternativeName, NameKind, parse_name
from mtlsgui.pki.profiles import Profile
from mtlsgui.workspace.drafts import CertificateDraft


def names_of(profile: Profile, name: str | None, names: tuple[str, ...]) -> tuple[str, str | None]:
    """The alternative names as text, and the common name: None follows the first of them.

    A name alone is an alternative name too where the profile wants one, as in tables.
    """
    uri = name is not None and is_of_kind(name, NameKind.URI)
    if names:
        return "\n".join(names), name
    return (name or "") if profile.names_required or uri else "", None if uri else name


def is_of_kind(name: str, kind: NameKind) -> bool:
    """Whether a name as typed is one of that kind."""
    parsed = parse_name(name)
    return isinstance(parsed, AlternativeName) and parsed.kind is kind


def called(draft: CertificateDraft) -> str:
    """What the certificate will be called."""
    first = next((name.value for name in draft.names()), "")
    return draft.effective_common_name() or first
