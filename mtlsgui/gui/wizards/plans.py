"""What each wizard does, without widgets: its draft, its steps, what is wrong, and the making.

A plan is asked by the pages and fills nothing by itself but the draft's defaults.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from mtlsgui.gui.wizard.flow import Flow, Step
from mtlsgui.pki.constraints import parse_subtree, parse_subtrees
from mtlsgui.pki.names import AlternativeName, RejectedName, parse_name
from mtlsgui.pki.profiles import Profile
from mtlsgui.pki.requests import Weighed
from mtlsgui.workspace import authorities, issuing, offering, preview, requesting
from mtlsgui.workspace.drafts import (
    CertificateDraft,
    Problem,
    RequestDraft,
    SignedRequest,
)
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.offering import FoundRequest
from mtlsgui.workspace.preview import Preview
from mtlsgui.workspace.workspace import Workspace

translate = QCoreApplication.translate

_SEPARATORS = re.compile(r"([\s,;]+)")


class Plan:
    """The base: problems by step, and the flow made from them.

    PLACES: the step that each field of the draft is on; what it does not name is on the first.
    """

    STEPS: Sequence[str] = ()
    PLACES: Mapping[str, str] = MappingProxyType({})

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws

    def all_problems(self) -> tuple[Problem, ...]:
        """Everything that is to be said about the draft."""
        raise NotImplementedError

    def preview(self) -> Preview:
        """What will be made."""
        raise NotImplementedError

    def make(self) -> int:
        """Make it; gives its id. Blocks while the keyring asks. Raises MtlsguiError."""
        raise NotImplementedError

    def problems(self, step: str) -> list[Problem]:
        """What is to be said on one step."""
        first = self.STEPS[0]
        return [
            problem
            for problem in self.all_problems()
            if self.PLACES.get(problem.field, first) == step
        ]

    def flow(self, titles: Mapping[str, str]) -> Flow:
        """The steps under their titles."""
        return Flow([Step(step, titles[step], partial(self.problems, step)) for step in self.STEPS])


@dataclass(frozen=True)
class NameLine:
    """One name as it was understood.

    shown: what it became. problem: why it cannot be; empty where it can. note: worth knowing.
    """

    typed: str
    shown: str
    problem: str = ""
    note: str = ""


class Side(StrEnum):
    """The two sides of name constraints; the values are fields of the draft."""

    PERMITTED = "permitted"
    EXCLUDED = "excluded"


class AuthorityPlan(Plan):
    """A new root, or an intermediate under an authority whose key is held.

    expected_vault: what a workspace without keys will hold them in, once that is known.
    """

    STEPS = ("name", "key", "limits", "review")
    PLACES = MappingProxyType(
        {
            "days": "key",
            "path_length": "limits",
            "permitted": "limits",
            "excluded": "limits",
            "addresses": "limits",
        }
    )

    def __init__(self, ws: Workspace, parent_id: int | None = None) -> None:
        super().__init__(ws)
        self.parents = offering.issuers_by_use(ws)
        self.expected_vault = ""
        self.draft = offering.authority_draft(ws, self._known(parent_id))

    @property
    def parent(self) -> Issuer | None:
        """The authority above; None for a root."""
        return self._known(self.draft.parent_id)

    def choose_parent(self, parent_id: int | None) -> None:
        """Make it an intermediate under that authority, or a root, with the usual validity."""
        usual = offering.authority_draft(self.ws, self._known(parent_id))
        self.draft.parent_id = usual.parent_id
        self.draft.days, self.draft.path_length = usual.days, usual.path_length

    @property
    def key_place(self) -> str:
        """Where the key will be held: "held in GNOME Keyring"."""
        return preview.vault_place(self.ws.custody, self.expected_vault)

    def constraints_text(self, side: Side) -> str:
        """What was typed."""
        draft = self.draft
        return draft.permitted_text if side is Side.PERMITTED else draft.excluded_text

    def set_constraints(self, side: Side, text: str) -> None:
        """Keep what is typed."""
        if side is Side.PERMITTED:
            self.draft.permitted_text = text
        else:
            self.draft.excluded_text = text

    def constraint_lines(self, side: Side) -> list[NameLine]:
        """Each domain or network typed, and whether it is one."""
        return [
            NameLine(part.typed, part.typed, part.reason)
            if isinstance(part, RejectedName)
            else NameLine(part.text, f"{part.kind.label} {part.base}")
            for part in dict.fromkeys(parse_subtrees(self.constraints_text(side)))
        ]

    def remove_constraint(self, side: Side, at: int) -> None:
        """Take one of `constraint_lines` out of what was typed."""
        text = self.constraints_text(side)
        gone = list(dict.fromkeys(parse_subtrees(text)))[at]
        self.set_constraints(side, _without(text, lambda word: parse_subtree(word) == gone))

    def ends(self) -> datetime:
        """The last moment of its validity."""
        return self.draft.contents(self.ws.clock(), self.parent).validity.not_after

    def all_problems(self) -> tuple[Problem, ...]:
        return self.draft.problems(self.ws.clock(), self.parent)

    def preview(self) -> Preview:
        return preview.of_authority(self.ws, self.draft, self.expected_vault)

    def make(self) -> int:
        return authorities.create(self.ws, self.draft).id

    def _known(self, authority_id: int | None) -> Issuer | None:
        return next((issuer for issuer in self.parents if issuer.id == authority_id), None)


class KeySource(StrEnum):
    """Whose key it is for: one to be made, one that is held, or that of somebody's request."""

    NEW = "new"
    HELD = "held"
    REQUEST = "request"


class EndEntityPlan(Plan):
    """What certificates and requests have in common: profile, names, subject, key.

    key_source: what was chosen; the key or the request itself may still have to be.
    request_source: the name of the file that the request came in.
    """

    def __init__(self, ws: Workspace, profile_id: str) -> None:
        super().__init__(ws)
        self.profiles = offering.profiles(ws)
        self.draft = CertificateDraft(profile=self._profile(profile_id))
        self.key_source = KeySource.NEW
        self.request_source = ""

    @property
    def issuer(self) -> Issuer | None:
        """The authority that it is issued under; None for none."""
        return None

    def choose_profile(self, profile_id: str) -> None:
        """Make it of that profile. What was entered stays; defaults become the profile's."""
        self.draft.profile = self._profile(profile_id)

    def choose_source(self, source: KeySource) -> None:
        """Say whose key it is for, before that is chosen."""
        self.key_source, self.request_source = source, ""
        self.draft.request, self.draft.held_key_id = None, None

    def take_key(self, key_id: int) -> None:
        """Use a key that is held."""
        self.choose_source(KeySource.HELD)
        self.draft.held_key_id = key_id

    def take_request(self, found: FoundRequest) -> None:
        """Use the key of somebody's request."""
        self.choose_source(KeySource.REQUEST)
        self.draft.request, self.request_source = found.request, found.source

    def key_problems(self) -> tuple[Problem, ...]:
        """What has still to be chosen about the key."""
        if self.key_source is KeySource.HELD and self.draft.held_key_id is None:
            return (Problem("key", translate("Wizards", "Choose one of the keys.")),)
        if self.key_source is KeySource.REQUEST and self.draft.request is None:
            return (
                Problem("key", translate("Wizards", "Choose the file that has the request in it.")),
            )
        return ()

    def name_lines(self) -> list[NameLine]:
        """Every name typed, and whether it can be."""
        return [self._line(name) for name in self.draft.parsed_names()]

    def remove_name(self, at: int) -> None:
        """Take one of `name_lines` out of what was typed."""
        gone = self.draft.parsed_names()[at]
        text = self.draft.names_text
        self.draft.names_text = _without(text, lambda word: parse_name(word) == gone)

    def _line(self, name: AlternativeName | RejectedName) -> NameLine:
        if isinstance(name, RejectedName):
            return NameLine(name.typed, name.typed, name.reason)
        refusal = self.draft.profile.refusal(name)
        if not refusal and self.issuer is not None:
            refusal = self.issuer.refusal(name)
        return NameLine(name.typed, name.shown, refusal, name.note)

    def _profile(self, profile_id: str) -> Profile:
        found = (profile for profile in self.profiles if profile.id == profile_id)
        return next(found, self.profiles[0])


class CertificatePlan(EndEntityPlan):
    """A new end-entity certificate, under an authority or self-signed."""

    STEPS = ("names", "key", "review")
    PLACES = MappingProxyType({"days": "key", "key": "key"})

    def __init__(
        self, ws: Workspace, profile_id: str = "server", issuer_id: int | None = None
    ) -> None:
        super().__init__(ws, profile_id)
        self.issuers = offering.issuers_by_use(ws)
        known = [issuer.id for issuer in self.issuers]
        self.draft.issuer_id = issuer_id if issuer_id in known else next(iter(known), None)

    @property
    def issuer(self) -> Issuer | None:
        chosen = self.draft.issuer_id
        return next((issuer for issuer in self.issuers if issuer.id == chosen), None)

    def take_names(self, take: bool) -> None:
        """Take the names that the request asks for, or not."""
        if self.draft.request is not None:
            self.draft.request = replace(self.draft.request, take_names=take)

    def ends(self) -> datetime:
        """The last moment of its validity, cut to the issuer's where that ends before."""
        return self.draft.contents(self.ws.clock(), self.issuer).validity.not_after

    def all_problems(self) -> tuple[Problem, ...]:
        found = (*self.draft.problems(self.ws.clock(), self.issuer), *self.key_problems())
        if self.draft.request is not None and self.draft.issuer_id is None:
            refused = Problem(
                "issuer", translate("Wizards", "A request is signed by an authority: choose one.")
            )
            return (refused, *found)
        return found

    def preview(self) -> Preview:
        return preview.of_certificate(self.ws, self.draft)

    def make(self) -> int:
        return issuing.issue(self.ws, self.draft).id


class SigningPlan(CertificatePlan):
    """A certificate for somebody else's request."""

    STEPS = ("request", "validity", "review")
    PLACES = MappingProxyType({"days": "validity"})

    def __init__(self, ws: Workspace, request: SignedRequest) -> None:
        super().__init__(ws)
        self.choose_profile(_asked_profile(self.profiles, request))
        self.take_request(FoundRequest("", request))

    def weighed(self) -> tuple[Weighed, ...]:
        """What is asked beside what is granted."""
        return self.draft.grant(self.issuer).lines


class RequestPlan(EndEntityPlan):
    """A key and a request for somebody else's authority."""

    STEPS = ("names", "key", "review")
    PLACES = MappingProxyType({"key": "key"})

    def all_problems(self) -> tuple[Problem, ...]:
        return (*self._request().problems(self.ws.clock()), *self.key_problems())

    def preview(self) -> Preview:
        return preview.of_request(self.ws, self._request())

    def make(self) -> int:
        return requesting.create(self.ws, self._request()).id

    def _request(self) -> RequestDraft:
        draft = self.draft
        return RequestDraft(
            profile=draft.profile,
            names_text=draft.names_text,
            common_name=draft.common_name,
            subject=draft.subject,
            algorithm=draft.algorithm,
            held_key_id=draft.held_key_id,
        )


def _without(text: str, is_gone: Callable[[str], bool]) -> str:
    """`text` without those of its words; each goes with the separator before it."""
    parts = _SEPARATORS.split(text.strip())
    kept: list[str] = []
    for place in range(0, len(parts), 2):  # words and separators take turns
        if not parts[place] or is_gone(parts[place]):
            continue
        kept += [parts[place - 1]] * bool(kept) + [parts[place]]
    return "".join(kept)


def _asked_profile(profiles: Sequence[Profile], request: SignedRequest) -> str:
    """The profile whose purposes are those asked for, else the one for servers."""
    asked = set(request.asked.extended_key_usage)
    for profile in profiles:
        if asked and set(profile.extended_key_usage) == asked and not profile.for_workloads:
            return profile.id
    return "server"
