"""`mtlsctl ca`."""

from typing import Any

import click

from mtlsgui.cli import objects, options, output, passphrases
from mtlsgui.cli.session import Group, Session, example, pass_session
from mtlsgui.inventory.records import CertificateRow, Sort, TreeFilter
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import authorities, issuers
from mtlsgui.workspace.drafts import AuthorityDraft
from mtlsgui.workspace.workspace import Workspace


@click.group("ca", cls=Group)
def command() -> None:
    """Make and list certificate authorities."""


def _authority_options(function: Any) -> Any:
    for decorator in reversed(
        (
            click.option("--name", required=True, metavar="CN", help="The authority's name."),
            options.subject_options,
            options.key_option,
            options.days_option,
            click.option(
                "--path-length",
                type=click.IntRange(0),
                metavar="N",
                help="How many intermediates may follow below; else any number.",
            ),
            click.option(
                "--permit-dns",
                multiple=True,
                metavar="NAME",
                help="Only for DNS names under this one. May be repeated.",
            ),
            click.option(
                "--permit",
                multiple=True,
                metavar="NAMES",
                help="Only for these: example.com, 10.0.0.0/8, email:example.com, uri:…",
            ),
            click.option("--exclude", multiple=True, metavar="NAMES", help="Never for these."),
            click.option(
                "--crl-url", multiple=True, metavar="URL", help="Where its CRL will be found."
            ),
            click.option(
                "--ocsp-url", multiple=True, metavar="URL", help="Where its OCSP responder is."
            ),
            click.option(
                "--issuer-url", multiple=True, metavar="URL", help="Where its certificate is."
            ),
        )
    ):
        function = decorator(function)
    return function


@command.command(
    "create",
    epilog=example(
        'mtlsctl ca create --name "Example Root CA" --org Example --permit-dns example.com'
    ),
)
@_authority_options
@click.option("--parent", metavar="ID", help="Make an intermediate below this authority.")
@pass_session
def create(session: Session, /, parent: str | None, **values: Any) -> None:
    """Make a root, or with --parent an intermediate."""
    _create(session, parent, **values)


@command.command(
    "intermediate",
    epilog=example('mtlsctl ca intermediate --parent "Example Root CA" --name "Example Issuing"'),
)
@_authority_options
@click.option("--parent", required=True, metavar="ID", help="The authority above.")
@pass_session
def intermediate(session: Session, /, parent: str, **values: Any) -> None:
    """Make an intermediate authority below another."""
    _create(session, parent, **values)


def _create(
    session: Session,
    parent: str | None,
    *,
    name: str,
    subject: Subject,
    algorithm: KeyAlgorithm | None,
    days: int | None,
    path_length: int | None,
    permit_dns: tuple[str, ...],
    permit: tuple[str, ...],
    exclude: tuple[str, ...],
    crl_url: tuple[str, ...],
    ocsp_url: tuple[str, ...],
    issuer_url: tuple[str, ...],
) -> None:
    with session.open() as ws:
        above = issuers.get(ws, ws.inventory.certificates.find(parent).id) if parent else None
        preferred = ws.preferences
        usual = preferred.intermediate_days if above else preferred.root_days
        draft = AuthorityDraft(
            subject=options.merged(Subject(common_name=name), subject) or subject,
            algorithm=algorithm or preferred.authority_key,
            days=usual if days is None else days,
            path_length=_path_length(path_length, above),
            permitted_text=" ".join((*(f"dns:{each}" for each in permit_dns), *permit)),
            excluded_text=" ".join(exclude),
            crl_text=" ".join(crl_url),
            ocsp_text=" ".join(ocsp_url),
            issuer_text=" ".join(issuer_url),
            parent_id=above.id if above else None,
        )
        warnings = objects.warnings(draft.problems(ws.clock(), above))
        passphrases.unlock(session, ws)
        row = authorities.create(ws, draft)
        if session.json:
            output.document(objects.certificate(ws, row) | {"warnings": warnings})
            return
        for sentence in warnings:
            output.note(f"note: {sentence}")
        output.line(
            f"Made the authority “{row.name}” (id {row.id}), valid until "
            f"{output.day(row.not_after)}; its key is held in {ws.custody.label}."
        )


def _path_length(given: int | None, above: issuers.Issuer | None) -> int | None:
    """As given; else the most that the authority above leaves, where it leaves any."""
    if given is None and above is not None and above.path_length:
        return above.path_length - 1
    return given


@command.command("list", epilog=example("mtlsctl ca list"))
@pass_session
def list_(session: Session) -> None:
    """List the authorities."""
    with session.open() as ws:
        rows = _authorities(ws)
        if session.json:
            found = objects.certificates(ws, rows)
            output.document({"certificates": found, "total": len(found)})
            return
        if not rows:
            output.note("There is no authority yet. Make one with: mtlsctl ca create --name …")
            return
        now = ws.clock()
        output.table(
            ("ID", "NAME", "KIND", "STATUS", "EXPIRES", "KEY", "HELD"),
            [
                (
                    str(row.id),
                    row.name,
                    objects.role(row),
                    objects.status(row),
                    f"{output.day(row.not_after)} ({output.until(row.not_after, now)})",
                    row.key_label,
                    objects.held(ws, row),
                )
                for row in rows
            ],
        )


def _authorities(ws: Workspace) -> list[CertificateRow]:
    return ws.inventory.tree.flat_page(
        TreeFilter(kinds=frozenset({"root_ca", "ca"})), Sort(), ws.clock(), ws.preferences.warn
    )
