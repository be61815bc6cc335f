"""`mtlsctl recover`."""

import click

from mtlsgui.cli import output, passphrases
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.workspace import recovery


@click.command("recover", cls=Command, epilog=example("mtlsctl recover"))
@click.pass_context
@pass_session
def command(session: Session, context: click.Context) -> None:
    """Finish or undo what a killed process left unfinished.

    Commands that use keys do so by themselves. The exit status is 1 when something is left.
    """
    with session.open() as ws:
        if recovery.unfinished(ws) and ws.custody.is_locked:
            passphrases.fitting(session, "Passphrase of the vault", ws.custody.open)
        report = recovery.recover(ws)
    if session.json:
        output.document(
            {
                "settled": report.settled,
                "busy": report.busy,
                "findings": [
                    {"message": each.sentence, "settled": each.settled} for each in report.findings
                ],
            }
        )
    elif report.busy:
        output.line("Another process is changing this workspace's keys. Try again later.")
    elif not report.findings:
        output.line("There is nothing to recover.")
    else:
        for finding in report.findings:
            output.line(finding.sentence)
    if not report.settled:
        context.exit(1)
