"""`mtlsctl chain`."""

from datetime import UTC, datetime
from typing import Any

import click

from mtlsgui.cli import files, options, output
from mtlsgui.cli.reading import inspect, refuse_unreadable
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.as_json import item_as_json
from mtlsgui.formats.items import CertificateItem
from mtlsgui.formats.writing.certificates import certificates_pem
from mtlsgui.pki.describe import display_name
from mtlsgui.workspace.chaining import FullChain, Route, answers_to, build, fingerprints

NO = 1


@click.command(
    "chain",
    cls=Command,
    epilog=example("mtlsctl chain *.crt -o fullchain.pem", "mtlsctl chain bundle.pem --json"),
)
@click.argument("names", metavar="FILE…", nargs=-1, required=True, type=click.Path(allow_dash=True))
@options.output_file("File to write; else standard output.")
@click.option("--name", default="", metavar="NAME", help="Of the certificate, where several are.")
@click.option("--through", metavar="NAME", help="Take the way that goes through this CA.")
@click.option("--include-root", is_flag=True, help="Put the root at its end too.")
@options.force_option
@click.pass_context
@pass_session
def command(
    session: Session,
    context: click.Context,
    *,
    names: tuple[str, ...],
    file: str | None,
    name: str,
    through: str | None,
    include_root: bool,
    force: bool,
) -> None:
    """Write the right full chain out of a heap of certificates: leaf first, without the root.

    Says what is missing, superfluous or out of order, and the other ways to a root. The exit
    status is 1 when the certificate's issuer is not there.
    """
    found = inspect(session, names)
    refuse_unreadable(found, names)
    now = datetime.now(UTC)
    chain = build(found.items, now=now, name=name, include_root=include_root)
    if chain is None:
        remedy = "Give --passphrase-file FILE." if found.locked else "Name other files."
        raise MtlsguiError("There is no certificate in these files.", "", remedy)
    _check_name(chain, name)
    if through is not None:
        route = _route_through(chain, through)
        wanted = fingerprints(route)
        chosen = build(found.items, now=now, name=name, include_root=include_root, route=wanted)
        chain = chosen or chain
    data = certificates_pem([item.facts.der for item in chain.certificates])
    if session.json:
        if file == "-":
            raise click.UsageError("With --json, name a file: -o FILE.")
        if file is not None:
            files.write(file, data, private=False, force=force)
        output.document(_document(chain, file))
    else:
        files.write(file or "-", data, private=False, force=force)
        _say(chain)
        if file not in {None, "-"}:
            output.line(f"Wrote {file}")
    if chain.missing is not None and not chain.missing.may_be_root:
        context.exit(NO)


def _check_name(chain: FullChain, name: str) -> None:
    if name and not answers_to(chain.leaf, name):
        known = ", ".join(f"“{_name(item)}”" for item in (chain.leaf, *chain.leaves)[:10])
        raise MtlsguiError(f"There is no certificate “{name}”.", f"There are {known}.", "")


def _route_through(chain: FullChain, name: str) -> Route:
    for route in chain.routes:
        if any(answers_to(item, name) for item in route[1:]):
            return route
    raise MtlsguiError(
        f"There is no way through “{name}”.",
        "\n".join(f"There is {_way(route)}." for route in chain.routes),
        "Name one of these.",
    )


def _say(chain: FullChain) -> None:
    """What is to be said of the heap, beside the answer."""
    if chain.missing:
        output.note(f"note: {chain.missing.sentence}")
        for address in chain.missing.addresses:
            output.note(f"  it can be had from {address}")
    if chain.out_of_order:
        output.note("note: The certificates stood in another order.")
    for item in chain.superfluous:
        output.note(f"note: “{_name(item)}” is no part of the chain.")
    if chain.root and chain.root not in chain.certificates:
        output.note(f"note: The root “{_name(chain.root)}” is left out.")
    if chain.leaves:
        others = ", ".join(f"“{_name(item)}”" for item in chain.leaves[:10])
        output.note(f"note: This is the chain of “{_name(chain.leaf)}”; others: --name {others}")
    for route in chain.routes[1:]:
        output.note(f"note: There is another way: {_way(route)}.")


def _document(chain: FullChain, path: str | None) -> dict[str, Any]:
    missing = chain.missing
    return {
        "path": path,
        "chain": [item_as_json(item) for item in chain.certificates],
        "complete": missing is None,
        "root": item_as_json(chain.root) if chain.root else None,
        "missing": missing
        and {
            "name": missing.name,
            "addresses": list(missing.addresses),
            "may_be_root": missing.may_be_root,
        },
        "superfluous": [item_as_json(item) for item in chain.superfluous],
        "out_of_order": chain.out_of_order,
        "alternatives": [list(fingerprints(route)) for route in chain.routes[1:]],
        "leaves": [item_as_json(item) for item in chain.leaves],
    }


def _way(route: Route) -> str:
    return " → ".join(f"“{_name(item)}”" for item in route)


def _name(item: CertificateItem) -> str:
    return display_name(item.facts)
