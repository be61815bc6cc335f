"""`mtlsctl issue`."""

import sys
from collections.abc import Callable

import click

from mtlsgui.cli import deployment, files, objects, options, output, passphrases
from mtlsgui.cli.choosing import choose_issuer
from mtlsgui.cli.naming import called, names_of
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import issuing, preview, tables
from mtlsgui.workspace.drafts import CertificateDraft, blocking
from mtlsgui.workspace.preview import Preview
from mtlsgui.workspace.refusals import refuse
from mtlsgui.workspace.workspace import Workspace


@click.command(
    "issue",
    cls=Command,
    epilog=example(
        "mtlsctl issue --name web.example.test --san ip:10.0.0.7 -o out",
        "mtlsctl issue --profile client --name alice --days 30 -o out",
        'mtlsctl issue --ca "Example Root CA" --from services.csv -o out',
    ),
)
@click.option("--ca", metavar="ID", help="The authority; may be left out where there is only one.")
@click.option("--self-signed", is_flag=True, help="By no authority at all, for testing.")
@options.profile_option
@click.option("--name", metavar="CN", help="Common name; without --san the first name as well.")
@options.san_option
@options.subject_options
@options.days_option
@options.key_option
@click.option(
    "--from",
    "table",
    type=click.Path(allow_dash=True),
    metavar="TABLE.csv",
    help="Issue one for each row; columns name, san, profile, days, key.",
)
@options.output_directory("NAME.crt, NAME.key, NAME-chain.crt and ca.crt")
@options.force_option
@pass_session
def command(
    session: Session,
    *,
    ca: str | None,
    self_signed: bool,
    profile_id: str,
    name: str | None,
    names: tuple[str, ...],
    subject: Subject,
    days: int | None,
    algorithm: KeyAlgorithm | None,
    table: str | None,
    directory: str | None,
    force: bool,
) -> None:
    """Issue certificates with new keys: one, or with --from one for each row of a table."""
    if self_signed and (ca or table):
        raise click.UsageError("--self-signed goes with neither --ca nor --from.")
    if table and (name or names or days or algorithm or any(vars(subject).values())):
        raise click.UsageError("With --from, names, days and keys come from the table.")
    if not (table or name or names):
        raise click.UsageError("Say for whom: --name, --san or --from.")
    with session.open() as ws:
        issuer = None if self_signed else choose_issuer(ws, ca)
        profile = ws.profiles.get(profile_id)
        if table and issuer:
            drafts = tables.read(ws, files.read_text(table), issuer, profile)
            _issue_many(session, ws, drafts, directory, force=force)
            return
        names_text, common_name = names_of(profile, name, names)
        draft = CertificateDraft(
            profile=profile,
            issuer_id=issuer.id if issuer else None,
            names_text=names_text,
            common_name=common_name,
            subject=options.merged(subject, profile.subject),
            days=days,
            algorithm=algorithm,
        )
        _issue(session, ws, draft, directory, force=force)


def _issue(
    session: Session,
    ws: Workspace,
    draft: CertificateDraft,
    directory: str | None,
    *,
    force: bool,
) -> None:
    shown = preview.of_certificate(ws, draft)
    refuse(blocking(shown.problems))
    warnings = _warnings(shown)
    target = None
    if directory:
        target = deployment.prepare(
            ws,
            directory,
            [called(draft)],
            deployment.ISSUED,
            issuer_id=draft.issuer_id,
            force=force,
        )
    passphrases.unlock(session, ws)
    row = issuing.issue(ws, draft)
    written = target.write_issued(ws, [row]) if target else []
    if session.json:
        output.document(objects.certificate(ws, row) | {"warnings": warnings, "files": written})
        return
    for sentence in warnings:
        output.note(f"note: {sentence}")
    output.line(
        f"Issued “{row.name}” (id {row.id}), {objects.role(row).lower()}, valid until "
        f"{output.day(row.not_after)}."
    )
    for file in written:
        output.line(f"  {file}")


def _issue_many(
    session: Session,
    ws: Workspace,
    drafts: list[CertificateDraft],
    directory: str | None,
    *,
    force: bool,
) -> None:
    target = None
    if directory:
        target = deployment.prepare(
            ws,
            directory,
            [called(draft) for draft in drafts],
            deployment.ISSUED,
            issuer_id=drafts[0].issuer_id,
            force=force,
        )
    passphrases.unlock(session, ws)
    rows = issuing.issue_many(ws, drafts, _progress(session, len(drafts)))
    written = target.write_issued(ws, rows) if target else []
    if session.json:
        found = objects.certificates(ws, rows)
        output.document({"certificates": found, "total": len(found), "files": written})
        return
    output.line(f"Issued {len(rows):,} certificate{'s' if len(rows) != 1 else ''}.")
    if directory:
        output.line(f"  {len(written):,} files in {directory}")


def _progress(session: Session, total: int) -> Callable[[int], None]:
    """Says how far it is, where somebody looks on."""
    if session.json or not sys.stderr.isatty():
        return lambda _done: None

    def say(done: int) -> None:
        click.echo(f"\r{done:,} of {total:,}", nl=done == total, err=True)

    return say


def _warnings(shown: Preview) -> list[str]:
    """What is worth knowing before it is made, as the window's review page says it."""
    # The advice speaks of the validity in full sentences.
    problems = [problem for problem in shown.problems if problem.field != "days"]
    return objects.warnings(problems) + [
        advice.text for advice in shown.advice if advice.severity == "warning"
    ]
