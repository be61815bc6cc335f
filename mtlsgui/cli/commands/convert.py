"""`mtlsctl convert`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from mtlsgui.cli import files, options, output, passphrases
from mtlsgui.cli.main import USAGE
from mtlsgui.cli.reading import inspect, name_of, refuse_unreadable
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.as_json import item_as_json
from mtlsgui.formats.items import Item
from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.workspace import converting
from mtlsgui.workspace.converting import Options, OutputFile, Part, Plan, Report, Target
from mtlsgui.workspace.inspecting import Inspection
from mtlsgui.workspace.output_files import write_files


@click.command(
    "convert",
    cls=Command,
    epilog=example(
        "mtlsctl convert web.crt web.key chain.pem --to pkcs12 -o web.p12",
        "mtlsctl convert store.jks --passphrase-file P --to nginx -o /etc/nginx/tls",
        "mtlsctl convert old.key --to pkcs8 --encrypt -o new.key",
        "mtlsctl convert *.pfx --each --to pem -o pem",
    ),
)
@click.argument("names", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--to",
    "target",
    type=click.Choice([target.value for target in Target]),
    callback=lambda _context, _option, value: Target(value),
    required=True,
    metavar="FORMAT",
    help=f"{', '.join(Target)}.",
)
@options.output_file("File to write, or folder for several; else standard output.")
@click.option(
    "--only",
    type=click.Choice([part.value for part in Part]),
    callback=lambda _context, _option, value: Part(value) if value else None,
    metavar="PART",
    help="leaf: the certificate alone; chain: it and its intermediates; key; ca: what the other "
    "side has to trust.",
)
@click.option(
    "--name",
    "aliases",
    multiple=True,
    metavar="ALIAS",
    help="Name of an entry, in their order; may be repeated. Chooses the certificate by its name "
    "where only one has room.",
)
@click.option("--include-root", is_flag=True, help="Put the root at the end of chains too.")
@click.option("--no-chain", is_flag=True, help="Leave out everything above the certificate.")
@click.option("--encrypt", is_flag=True, help="Put private keys under a passphrase.")
@click.option(
    "--kdf",
    type=click.Choice([derivation.value for derivation in Derivation]),
    default=Derivation.PBKDF2.value,
    show_default=True,
    help="How the passphrase is stretched in PKCS#8.",
)
@options.out_passphrase_option
@click.option("--legacy", is_flag=True, help="For old readers, weakly encrypted.")
@click.option("--each", is_flag=True, help="Convert each file by itself, into a folder.")
@click.option("--commands", is_flag=True, help="Show other programs' commands that do the same.")
@options.force_option
@click.pass_context
@pass_session
def command(
    session: Session,
    context: click.Context,
    *,
    names: tuple[str, ...],
    target: Target,
    file: str | None,
    only: Part | None,
    aliases: tuple[str, ...],
    include_root: bool,
    no_chain: bool,
    encrypt: bool,
    kdf: str,
    out_passphrase_file: str | None,
    legacy: bool,
    each: bool,
    commands: bool,
    force: bool,
) -> None:
    """Convert certificates and keys into the format that is needed.

    What belongs together is found in the files by key and signature; chains are ordered leaf
    first. The root is left out unless asked for. Nothing is stored.
    """
    if session.json and file in {None, "-"} and not commands:
        raise click.UsageError("With --json, name a file: -o FILE.")
    wanted = Options(
        only=only,
        aliases=aliases,
        chain=not no_chain,
        include_root=include_root,
        encrypt=Derivation(kdf) if encrypt or (out_passphrase_file and _seals(target)) else None,
        legacy=legacy,
    )
    if each:
        report = _each(
            session,
            names,
            target,
            folder=file,
            wanted=wanted,
            out_passphrase_file=out_passphrase_file,
            force=force,
        )
        _tell(session, report)
        if report.skipped:
            context.exit(USAGE)
        return
    found = inspect(session, names)
    refuse_unreadable(found, names)
    now = datetime.now(UTC)
    if commands:
        shown = converting.plan(found.items, target, replace(wanted, passphrase="…" * 8), now=now)
        _refuse_problems(shown, found)
        _show_commands(session, shown)
        return
    wanted = _with_passphrase(wanted, target, out_passphrase_file)
    plan = converting.plan(found.items, target, wanted, now=now)
    _refuse_problems(plan, found)
    rendered = converting.render(plan)
    written = _write(rendered, file, force=force)
    if session.json:
        output.document(_document(plan, rendered, written, found, names))
        return
    _notes(plan)
    if file not in {None, "-"}:
        for path in written:
            output.line(f"Wrote {path}")


def _seals(target: Target) -> bool:
    return target.can_encrypt and not target.needs_passphrase


def _with_passphrase(wanted: Options, target: Target, file: str | None) -> Options:
    if not (target.needs_passphrase or wanted.encrypt):
        return wanted
    what = target.label if target.needs_passphrase else "private key"
    return replace(wanted, passphrase=passphrases.outgoing(file, f"Passphrase for the {what}"))


def _refuse_problems(plan: Plan, found: Inspection) -> None:
    if plan.problems:
        raise MtlsguiError(
            f"It cannot be converted to {plan.target.label}.",
            "\n".join(plan.problems),
            "Give --passphrase-file FILE." if found.locked else "",
        )


def _write(rendered: Sequence[OutputFile], file: str | None, *, force: bool) -> list[str]:
    """Write to the file, the folder or standard output that was named; gives the paths."""
    if len(rendered) > 1:
        if file in {None, "-"}:
            raise MtlsguiError("These are several files.", "", "Name a folder for them: -o DIR")
        return _write_into(rendered, files.folder(str(file)), force=force)
    if file is not None and Path(file).is_dir():
        return _write_into(rendered, Path(file), force=force)
    (only,) = rendered
    target = file or "-"
    if target == "-" and not only.data.isascii() and output.is_terminal():
        raise MtlsguiError(
            "This is binary data, which a terminal cannot show.", "", "Name a file: -o FILE"
        )
    files.write(target, only.data, private=only.private, force=force)
    return [target]


def _write_into(rendered: Sequence[OutputFile], folder: Path, *, force: bool) -> list[str]:
    paths = [folder / each.name for each in rendered]
    files.refuse_existing(paths, force=force)
    return [str(path) for path in write_files(rendered, folder, overwrite=force)]


def _notes(plan: Plan) -> None:
    """What is worth knowing, beside the answer."""
    for warning in plan.warnings:
        output.note(f"note: {warning}")
    for missing in plan.missing:
        output.note(f"note: {missing.sentence}")
    for left in plan.left_out:
        output.note(f"left out: {left.what}. {left.why}")
    if plan.leaves:
        others = ", ".join(f"“{converting.name_of(item)}”" for item in plan.leaves[1:10])
        output.note(f"note: Others that could be meant, by --name: {others}")
    for route in plan.alternatives[1:]:
        way = " → ".join(f"“{converting.name_of(item)}”" for item in route)
        output.note(f"note: There is another way to a root: {way}.")


def _show_commands(session: Session, plan: Plan) -> None:
    if session.json:
        output.document({"commands": plan.commands})
    else:
        output.write(plan.commands)


def _document(
    plan: Plan,
    rendered: Sequence[OutputFile],
    written: Sequence[str],
    found: Inspection,
    names: Sequence[str],
) -> dict[str, Any]:
    roles = {id(content.item): content.role.value for content in plan.contents}

    def place(item: Item) -> dict[str, Any]:
        return {"path": name_of(found.source_of(item), names), "position": item.position}

    return {
        "files": [
            {
                "path": path,
                "format": plan.target.value,
                "private": each.private,
                "items": [
                    item_as_json(item) | {"role": roles[id(item)], "from": place(item)}
                    for item in each.items
                ],
            }
            for path, each in zip(written, rendered, strict=True)
        ],
        "left_out": [
            {"what": left.what, "kind": left.item.kind, "why": left.why, "from": place(left.item)}
            for left in plan.left_out
        ],
        "missing": [
            {"name": missing.name, "addresses": list(missing.addresses)} for missing in plan.missing
        ],
        "warnings": list(plan.warnings),
    }


def _each(
    session: Session,
    names: Sequence[str],
    target: Target,
    *,
    folder: str | None,
    wanted: Options,
    out_passphrase_file: str | None,
    force: bool,
) -> Report:
    if folder in {None, "-"}:
        raise click.UsageError("With --each, name a folder: -o DIR.")
    if any(files.is_stream(name) for name in names):
        raise click.UsageError("With --each, name files: standard input has no name.")
    return converting.convert_each(
        inspect(session, names).sources,
        target,
        _with_passphrase(wanted, target, out_passphrase_file),
        files.folder(str(folder)),
        now=datetime.now(UTC),
        overwrite=force,
    )


def _tell(session: Session, report: Report) -> None:
    if session.json:
        output.document(
            {
                "converted": [
                    {
                        "path": str(line.path),
                        "files": [str(path) for path in line.written],
                        "skipped": line.why or None,
                    }
                    for line in report.lines
                ]
            }
        )
        return
    for line in report.lines:
        if line.done:
            output.line(f"{line.path}: {', '.join(str(path) for path in line.written)}")
        else:
            output.note(f"{line.path}: skipped. {line.why}")
