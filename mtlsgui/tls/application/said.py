"""What a server's answer comes to."""

import re
from dataclasses import dataclass, field

_CERTIFICATE = re.compile(rb"(?i)\bcert(ificate)?s?\b")


@dataclass(frozen=True, slots=True)
class Said:
    """accepted: as in ApplicationAnswer. text: what the server said."""

    accepted: bool | None
    text: bytes = field(repr=False)


def about_certificates(text: bytes) -> bool:
    """Whether a refusal speaks of a certificate."""
    return _CERTIFICATE.search(text) is not None
