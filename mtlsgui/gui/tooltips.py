"""Tooltips of texts that others chose.

A tooltip takes what looks like HTML for HTML. A name in a certificate could so show what is not
there, and load files: from a network share on Windows, which tells the share who looks.
"""

from html import escape


def plain_tip(text: str) -> str:
    """The text for a tooltip that shows it as it stands, line breaks too."""
    if "<" not in text:
        return text
    return f'<span style="white-space: pre-wrap">{escape(text)}</span>'
