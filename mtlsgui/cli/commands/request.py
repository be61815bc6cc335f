"""`mtlsctl request`."""

import click

from mtlsgui.cli import deployment, files, objects, options, output, passphrases
from mtlsgui.cli.choosing import choose_request
from mtlsgui.cli.naming import called, names_of
from mtlsgui.cli.session import Group, Session, example, pass_session
from mtlsgui.formats.pem import encode
from mtlsgui.inventory.records import RequestRow, RequestState
from mtlsgui.pki.describe import as_text, describe_request
from mtlsgui.pki.facts import read_request
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.workspace import requesting
from mtlsgui.workspace.drafts import RequestDraft, blocking
from mtlsgui.workspace.refusals import refuse


@click.group("request", cls=Group)
def command() -> None:
    """Make requests (CSRs) for somebody else's authority."""


def _pem(row: RequestRow) -> bytes:
    return encode("CERTIFICATE REQUEST", row.der)


@command.command(
    "create",
    epilog=example(
        "mtlsctl request create --name web.example.test --org Example -o out",
        "mtlsctl request create --name web.example.test > web.csr",
    ),
)
@click.option("--name", metavar="CN", help="Common name; without --san the first name as well.")
@options.san_option
@options.profile_option
@options.subject_options
@options.key_option
@options.output_directory("NAME.csr and NAME.key")
@options.force_option
@pass_session
def create(
    session: Session,
    *,
    name: str | None,
    names: tuple[str, ...],
    profile_id: str,
    subject: Subject,
    algorithm: KeyAlgorithm | None,
    directory: str | None,
    force: bool,
) -> None:
    """Make a key and a request for it.

    The key stays in the workspace, where the certificate finds it when it is imported. Without -o
    the request is written to standard output.
    """
    if not (name or names):
        raise click.UsageError("Say for whom: --name or --san.")
    with session.open() as ws:
        profile = ws.profiles.get(profile_id)
        names_text, common_name = names_of(profile, name, names)
        draft = RequestDraft(
            profile=profile,
            names_text=names_text,
            common_name=common_name,
            subject=options.merged(subject, profile.subject),
            algorithm=algorithm,
        )
        problems = draft.problems(ws.clock())
        refuse(blocking(problems))
        warnings = objects.warnings(problems)
        target = None
        if directory:
            target = deployment.prepare(
                ws,
                directory,
                [called(draft.as_certificate())],
                deployment.REQUESTED,
                force=force,
            )
        passphrases.unlock(session, ws)
        row = requesting.create(ws, draft)
        written = target.write_request(ws, row) if target else []
        made = objects.request(ws, row)
    pem = _pem(row)
    if session.json:
        output.document(made | {"warnings": warnings, "files": written, "pem": pem.decode("ascii")})
        return
    for sentence in warnings:
        output.note(f"note: {sentence}")
    if not directory:
        output.write(pem)
        return
    output.line(f"Made the request “{row.name}” (id {row.id}).")
    for file in written:
        output.line(f"  {file}")


@command.command("list", epilog=example("mtlsctl request list --state open"))
@click.option(
    "--state",
    type=click.Choice([state.value for state in RequestState]),
    help="open: waiting for its certificate; fulfilled: it came; signed: by an authority here.",
)
@click.option("--search", default="", metavar="TEXT", help="Words in names and notes.")
@pass_session
def list_(session: Session, state: str | None, search: str) -> None:
    """List requests, newest first."""
    wanted = RequestState(state) if state else None
    with session.open() as ws:
        total = ws.inventory.requests.count(state=wanted, search=search)
        rows = ws.inventory.requests.page(0, total, state=wanted, search=search)
        if session.json:
            found = [objects.request(ws, row) for row in rows]
            output.document({"requests": found, "total": total})
            return
    if not rows:
        output.note("There is no request." if not (state or search) else "No request matches.")
        return
    output.table(
        ("ID", "NAME", "STATE", "ADDED", "CERTIFICATE", "NAMES"),
        [
            (
                str(row.id),
                row.name,
                row.state.value,
                output.day(row.added_at),
                str(row.certificate_id or ""),
                " ".join(row.san),
            )
            for row in rows
        ],
    )


@command.command("show", epilog=example("mtlsctl request show web.example.test"))
@click.argument("wanted", metavar="ID")
@pass_session
def show(session: Session, wanted: str) -> None:
    """Show what a request asks for. ID is its id, or its name where only one has it."""
    with session.open() as ws:
        row = choose_request(ws, wanted)
        if session.json:
            pem = _pem(row).decode("ascii")
            output.document(objects.request(ws, row) | {"pem": pem})
        else:
            output.write(as_text(describe_request(read_request(row.der))))


@command.command(
    "export",
    epilog=example("mtlsctl request export web.example.test -o web.csr"),
)
@click.argument("wanted", metavar="ID")
@options.output_file("Write to this file; else to standard output.")
@click.option("--to", "form", type=click.Choice(["pem", "der"]), default="pem", show_default=True)
@options.force_option
@pass_session
def export(session: Session, wanted: str, file: str | None, form: str, force: bool) -> None:
    """Write a request to a file, for the authority that shall sign it."""
    with session.open() as ws:
        row = choose_request(ws, wanted)
        made = objects.request(ws, row)
    if session.json and file in (None, "-"):
        raise click.UsageError("With --json, name a file: -o FILE.")
    files.write(file or "-", row.der if form == "der" else _pem(row), private=False, force=force)
    if session.json:
        output.document(made | {"files": [file]})


@command.command("delete", epilog=example("mtlsctl request delete 3 --with-key"))
@click.argument("wanted", metavar="ID")
@click.option("--with-key", is_flag=True, help="Destroy its key too, unless something uses it.")
@pass_session
def delete(session: Session, wanted: str, with_key: bool) -> None:
    """Forget a request."""
    with session.open() as ws:
        row = choose_request(ws, wanted)
        made = objects.request(ws, row)
        if with_key and row.key_id is not None:
            passphrases.unlock(session, ws)
        requesting.delete(ws, row.id, with_key=with_key)
    if session.json:
        output.document(made)
    else:
        output.line(f"Deleted the request “{row.name}” (id {row.id}).")
