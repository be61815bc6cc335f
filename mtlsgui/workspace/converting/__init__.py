"""Converting: what came in any format, into the one that is needed.

`targets_for` says what can be made, `plan` what will be in it and what not, `render` makes the
files, `write` puts them in place, and `convert_each` does all of it for many files. Nothing here
touches a workspace.
"""

from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.workspace.converting.many import Line, Report, convert_each
from mtlsgui.workspace.converting.planning import plan, refusals, targets_for
from mtlsgui.workspace.converting.records import Content, LeftOut, Plan, Role
from mtlsgui.workspace.converting.rendering import render, write
from mtlsgui.workspace.converting.targets import Options, Part, Target
from mtlsgui.workspace.converting.wording import describe, name_of
from mtlsgui.workspace.output_files import OutputFile

__all__ = [
    "Content",
    "Derivation",
    "LeftOut",
    "Line",
    "Options",
    "OutputFile",
    "Part",
    "Plan",
    "Report",
    "Role",
    "Target",
    "convert_each",
    "describe",
    "name_of",
    "plan",
    "refusals",
    "render",
    "targets_for",
    "write",
]
