"""What will be made, shown before it is made: in words, with advice and the same by openssl."""

from dataclasses import dataclass

from mtlsgui.pki import openssl_commands
from mtlsgui.pki.advice import Advice, advise
from mtlsgui.pki.constraints import NameConstraints
from mtlsgui.pki.describe import words
from mtlsgui.pki.issuing import Contents
from mtlsgui.pki.keys import KeyAlgorithm, KeyInfo, algorithm_of, key_info
from mtlsgui.pki.names import AlternativeName
from mtlsgui.pki.profiles import slug
from mtlsgui.workspace import issuers
from mtlsgui.workspace.custody import Custody
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft, Problem, RequestDraft
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.workspace import Workspace


@dataclass(frozen=True)
class Preview:
    """A certificate, or a request, as it will be.

    subject: RFC 4514. issued_by: the issuer's name; empty for a self-signed one and a request.
    issuer_key: where the issuer's key is held, in words.
    valid: "23 Nov 2026 to 21 Feb 2027 · 90 days"; empty for a request.
    key: kind and where it will be held, in words. good_for: purposes in words.
    revocation: addresses of CRLs and OCSP responders, in words.
    limits: path length and name constraints of an authority, in words.
    commands: the openssl commands that would do the same.
    """

    subject: str
    names: tuple[AlternativeName, ...]
    issued_by: str
    issuer_key: str
    valid: str
    key: str
    good_for: tuple[str, ...]
    revocation: tuple[str, ...]
    limits: tuple[str, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...]
    commands: str


def of_authority(ws: Workspace, draft: AuthorityDraft, keyring: str = "") -> Preview:
    """The root or intermediate that `draft` says.

    keyring: as `offering.vault_label` has it, for a workspace that holds no key yet.
    """
    parent = issuers.get(ws, draft.parent_id) if draft.parent_id is not None else None
    contents = draft.contents(ws.clock(), parent)
    info = draft.algorithm.info
    return Preview(
        subject=contents.subject.rfc4514_string(),
        names=(),
        issued_by=parent.name if parent else "",
        issuer_key=parent.key_place if parent else "",
        valid=_valid(contents),
        key=f"{draft.algorithm.label}, new, {vault_place(ws.custody, keyring)}",
        good_for=tuple(words.key_usage(usage) for usage in ("keyCertSign", "cRLSign")),
        revocation=_revocation(contents),
        limits=_limits(contents.path_length, contents.constraints),
        problems=draft.problems(ws.clock(), parent),
        advice=advise(contents, info, issuer=parent.validity if parent else None, now=ws.clock()),
        commands=_commands(contents, draft.algorithm, parent),
    )


def of_certificate(ws: Workspace, draft: CertificateDraft) -> Preview:
    """The end-entity certificate that `draft` says."""
    issuer = issuers.get(ws, draft.issuer_id) if draft.issuer_id is not None else None
    contents = draft.contents(ws.clock(), issuer)
    info, algorithm, place = _key(ws, draft)
    return Preview(
        subject=contents.subject.rfc4514_string(),
        names=contents.names,
        issued_by=issuer.name if issuer else "",
        issuer_key=issuer.key_place if issuer else "",
        valid=_valid(contents),
        key=f"{info.label}, {place}",
        good_for=tuple(words.purpose(name) for name in contents.extended_key_usage),
        revocation=_revocation(contents),
        limits=(),
        problems=draft.problems(ws.clock(), issuer),
        advice=advise(contents, info, issuer=issuer.validity if issuer else None, now=ws.clock()),
        commands=(
            _commands_for_request(contents, info, issuer)
            if draft.request
            else _commands(contents, algorithm, issuer, new_key=draft.held_key_id is None)
        ),
    )


def of_request(ws: Workspace, draft: RequestDraft) -> Preview:
    """The request that `draft` says."""
    fields = draft.as_certificate()
    contents = fields.contents(ws.clock())
    info, algorithm, place = _key(ws, fields)
    return Preview(
        subject=contents.subject.rfc4514_string(),
        names=contents.names,
        issued_by="",
        issuer_key="",
        valid="",
        key=f"{info.label}, {place}",
        good_for=tuple(words.purpose(name) for name in contents.extended_key_usage),
        revocation=(),
        limits=(),
        problems=draft.problems(ws.clock()),
        advice=(),
        commands=(
            openssl_commands.request(
                contents,
                algorithm,
                openssl_commands.file_name(contents),
                new_key=draft.held_key_id is None,
            )
            if algorithm
            else ""
        ),
    )


def vault_place(custody: Custody, keyring: str = "") -> str:
    """Where an authority's new key will be held, in words."""
    place = custody.label or keyring or "this computer's keyring"
    return f"held in {place}"


def _key(ws: Workspace, draft: CertificateDraft) -> tuple[KeyInfo, KeyAlgorithm | None, str]:
    if draft.request is not None:
        public_key = draft.request.asked.public_key
        return key_info(public_key), algorithm_of(public_key), "held by the one who asks"
    if draft.held_key_id is not None:
        row = ws.inventory.keys.get(draft.held_key_id)
        algorithm = next((a for a in KeyAlgorithm if a.label == row.label), None)
        info = algorithm.info if algorithm else KeyInfo(row.label)
        return info, algorithm, f"held {ws.custody.place_of(row)}"
    algorithm = draft.effective_algorithm
    return algorithm.info, algorithm, "new, kept encrypted in this workspace"


def _valid(contents: Contents) -> str:
    validity = contents.validity
    return (
        f"{words.date(validity.not_before)} to {words.date(validity.not_after)}"
        f" · {words.count(validity.days, 'day')}"
    )


def _revocation(contents: Contents) -> tuple[str, ...]:
    return (
        *(f"CRL at {url}" for url in contents.crl_urls),
        *(f"OCSP at {url}" for url in contents.ocsp_urls),
    )


def _limits(path_length: int | None, constraints: NameConstraints) -> tuple[str, ...]:
    found = []
    if path_length == 0:
        found.append("no intermediates below it")
    elif path_length is not None:
        found.append(f"at most {words.count(path_length, 'intermediate')} below it")
    if constraints.permitted:
        bases = ", ".join(subtree.base for subtree in constraints.permitted)
        found.append(f"only names in {bases}")
    if constraints.excluded:
        bases = ", ".join(subtree.base for subtree in constraints.excluded)
        found.append(f"no names in {bases}")
    return tuple(found)


def _commands(
    contents: Contents,
    algorithm: KeyAlgorithm | None,
    issuer: Issuer | None,
    *,
    new_key: bool = True,
) -> str:
    """The same by openssl, for a key that is made or was made before; "" where it has no way."""
    name = openssl_commands.file_name(contents)
    if algorithm is None:
        return ""
    if issuer is None:
        return openssl_commands.self_signed(contents, algorithm, name, new_key=new_key)
    return openssl_commands.issued(
        contents,
        algorithm,
        name,
        issuer=_file_name(issuer),
        issuer_key=key_info(issuer.certificate.public_key()),
        new_key=new_key,
    )


def _commands_for_request(contents: Contents, info: KeyInfo, issuer: Issuer | None) -> str:
    if issuer is None:
        return ""
    return openssl_commands.signed_request(
        contents,
        info,
        openssl_commands.file_name(contents),
        issuer=_file_name(issuer),
        issuer_key=key_info(issuer.certificate.public_key()),
    )


def _file_name(issuer: Issuer) -> str:
    return slug(issuer.name)
