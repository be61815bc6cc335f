"""The formats that are recognised, in the order that they are tried.

A format is added by a module of its own with two functions and a line here. Recognising looks at
the content only, never at a file's name, and must be cheap: it runs on every file.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mtlsgui.formats import base64_file, der_file, jwk, openssh, pem_file
from mtlsgui.formats.context import Context


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    recognise: could the bytes be it?
    read: puts what is in them into the context; gives the format's name as CLI.md lists them.
    """

    recognise: Callable[[bytes], bool]
    read: Callable[[bytes, Context], str]


FORMATS = (
    Format(pem_file.recognise, pem_file.read_pem),
    Format(der_file.recognise, der_file.read_der),
    Format(jwk.recognise, jwk.read_jwk),
    Format(openssh.recognise_public, openssh.read_public),
    Format(base64_file.recognise, base64_file.read_base64),
)
