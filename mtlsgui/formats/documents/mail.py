"""Mail with certificates in it: S/MIME signatures (RFC 8551), and what is attached."""

import email
import email.policy
import re

from mtlsgui.formats.context import Context

_HEADERS = re.compile(
    rb"^(MIME-Version|Content-Type):[^\r\n]*\r?\n(?:[!-9;-~]+:|[ \t]|\r?\n)", re.MULTILINE | re.I
)
_FIRST = re.compile(rb"(?:From [^\r\n]*\r?\n)?[!-9;-~]+:[ \t]")
_HEAD = 64 * 1024
_MOST_PARTS = 1_000


def recognise(data: bytes) -> bool:
    """It begins with header fields, and says of what type its content is."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n")
    if not _FIRST.match(head):
        return False
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0] + b"\n\n"
    return _HEADERS.search(fields) is not None


def read_mail(data: bytes, context: Context) -> str:
    """The parts of a message that are in a format which we recognise."""
    message = email.message_from_bytes(
        data.lstrip(b"\xef\xbb\xbf\r\n"), policy=email.policy.compat32
    )
    with context.expecting("this mail"):
        for number, part in enumerate(message.walk(), 1):
            if number > _MOST_PARTS:
                context.error("", f"Only the first {_MOST_PARTS:,} parts of the mail were read.")
                break
            content = None if part.is_multipart() else part.get_payload(decode=True)
            if isinstance(content, bytes) and context.recognise(content):
                context.read_inside(content, part.get_filename() or part.get_content_type())
    return "mail"
