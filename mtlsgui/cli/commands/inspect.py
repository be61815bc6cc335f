"""`mtlsctl inspect`."""

import click

from mtlsgui.cli import output
from mtlsgui.cli.main import USAGE
from mtlsgui.cli.reading import complaints, inspect, name_of
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.formats.as_json import file_as_json
from mtlsgui.formats.describing import describe_item
from mtlsgui.formats.items import CertificateItem, PrivateKeyItem
from mtlsgui.formats.labels import label
from mtlsgui.pki.describe import Field, Section, as_text, section_text
from mtlsgui.pki.describe.text import safe
from mtlsgui.workspace.inspecting import Source


@click.command(
    "inspect",
    cls=Command,
    epilog=example("mtlsctl inspect server.pem", "cat bundle.p12 | mtlsctl inspect - --json"),
)
@click.argument("file", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--relaxed",
    is_flag=True,
    help="Read too what is refused for its size or its cost; that may take half an hour.",
)
@click.pass_context
@pass_session
def command(session: Session, context: click.Context, file: tuple[str, ...], relaxed: bool) -> None:
    """Show what is in files and folders, whatever their format; "-" is standard input.

    Nothing is stored. The exit status is 2 when there was a file with nothing to show. Of a
    folder only the files are shown in which something is recognised.
    """
    found = inspect(session, file, relaxed=relaxed)
    pairs = [(name_of(source, file), source) for source in found.sources]
    if session.json:
        output.document({"files": [_document(name, source) for name, source in pairs]})
    else:
        for number, (name, source) in enumerate(pairs):
            if len(pairs) > 1:
                if number:
                    output.line()
                output.line(f"== {name} ==")
            _text(name, source)
    if found.bounded and not relaxed:
        output.note("A limit stood in the way of more: --relaxed reads on beyond it.")
    if not all(source.result.items for source in found.sources):
        context.exit(USAGE)


def _document(name: str, source: Source) -> dict[str, object]:
    errors = [{"where": where, "message": message} for where, message in complaints(source)]
    return file_as_json(name, source.result) | {"errors": errors}


def _text(name: str, source: Source) -> None:
    result = source.result
    if result.about:
        form = Field("Format", label(result.format))
        output.write(section_text(Section("File", (form, *result.about))))
    for number, item in enumerate(result.items):
        if number or result.about:
            output.line()
        if item.inside:
            output.line(f"In {safe(item.inside)}:")
        if isinstance(item, CertificateItem | PrivateKeyItem) and item.friendly_name:
            output.line(f"Called “{safe(item.friendly_name)}”:")
        output.write(as_text(describe_item(item)))
    if source.error:
        output.error(source.error, as_json=False)
        return
    for where, message in complaints(source):
        place = f"{name}, {where}" if where else name
        output.note(f"{place}: {message}")
    if source.result.locked:
        output.note(f"{name}: a passphrase would show more: --passphrase-file FILE")
