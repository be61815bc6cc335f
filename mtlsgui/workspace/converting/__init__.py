"""Converting: what came in any format, into the one that is needed.

`targets_for` says what can be made, `plan` what will be in it and what not, `render` makes the
files, and `write` puts them in place. Nothing here touches a workspace.
"""

from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.workspace.converting.planning import plan, targets_for
from mtlsgui.workspace.converting.records import Content, LeftOut, Plan, Role
from mtlsgui.workspace.converting.rendering import render, write
from mtlsgui.workspace.converting.targets import Options, Part, Target
from mtlsgui.workspace.converting.wording import describe
from mtlsgui.workspace.output_files import OutputFile

__all__ = [
    "Content",
    "Derivation",
    "LeftOut",
    "Options",
    "OutputFile",
    "Part",
    "Plan",
    "Role",
    "Target",
    "describe",
    "plan",
    "render",
    "targets_for",
    "write",
]
