"""What goes wrong for a person, as data: what happened, why, and what to do about it.

Every error that a user can cause or meet is a subclass of `MtlsguiError`. Anything else that
escapes is a bug of ours and is shown as one.
"""


class MtlsguiError(Exception):
    """An error meant for the person at the screen or the terminal.

    title: one short sentence, what did not happen ("The keyring is locked").
    detail: why, with the facts that are known; may be empty.
    remedy: what to do now, in the imperative; may be empty when there is nothing to do.

    None of the three ever carries a secret.
    """

    def __init__(self, title: str, detail: str = "", remedy: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.detail, self.remedy) if part)
