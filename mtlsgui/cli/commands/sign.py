"""`mtlsctl sign`."""

import click
from cryptography.x509.oid import NameOID

from mtlsgui.cli import deployment, files, objects, options, output, passphrases
from mtlsgui.cli.choosing import choose_issuer
from mtlsgui.cli.session import Command, Session, example, pass_session
from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import RequestItem
from mtlsgui.formats.read import read
from mtlsgui.pki.requests import Grant
from mtlsgui.workspace import issuing, preview
from mtlsgui.workspace.drafts import CertificateDraft, blocking
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.refusals import DraftRefused, refuse


@click.command(
    "sign",
    cls=Command,
    epilog=example("mtlsctl sign web.csr --ca 1 --profile server --take-san -o out"),
)
@click.argument("csr", metavar="CSR", type=click.Path(allow_dash=True))
@click.option("--ca", metavar="ID", help="The authority; may be left out where there is only one.")
@options.profile_option
@click.option("--take-san", is_flag=True, help="Grant the names asked for, where the profile may.")
@click.option("--name", metavar="CN", help="Common name, instead of the request's subject.")
@options.san_option
@options.days_option
@options.output_directory("NAME.crt, NAME-chain.crt and ca.crt")
@options.force_option
@pass_session
def command(
    session: Session,
    *,
    csr: str,
    ca: str | None,
    profile_id: str,
    take_san: bool,
    name: str | None,
    names: tuple[str, ...],
    days: int | None,
    directory: str | None,
    force: bool,
) -> None:
    """Sign somebody else's request (CSR).

    What it asks for and is not granted is listed. Names are granted with --take-san only; an
    authority is never made of a request.
    """
    request = issuing.request_to_sign(_request(csr), take_names=take_san)
    with session.open() as ws:
        issuer = choose_issuer(ws, ca)
        draft = CertificateDraft(
            profile=ws.profiles.get(profile_id),
            issuer_id=issuer.id,
            names_text="\n".join(names),
            common_name=name,
            days=days,
            request=request,
        )
        problems = draft.problems(ws.clock(), issuer)
        try:
            refuse(blocking(problems))
        except DraftRefused as fault:
            raise _explained(fault, draft, issuer) from None
        warnings = objects.warnings(problems)
        grant = draft.grant(issuer)
        target = None
        if directory:
            target = deployment.prepare(
                ws,
                directory,
                [_called(draft, issuer)],
                deployment.SIGNED,
                issuer_id=issuer.id,
                force=force,
            )
        passphrases.unlock(session, ws)
        row = issuing.issue(ws, draft)
        # Its key was chosen by somebody else, and may be one that clients refuse.
        advice = preview.of_certificate(ws, draft).advice
        warnings += [f"{each.title}. {each.text}" for each in advice if each.severity == "warning"]
        written = target.write_signed(ws, row) if target else []
        if session.json:
            output.document(
                objects.certificate(ws, row)
                | {"warnings": warnings, "files": written, "refused": _refused(grant)}
            )
            return
    for sentence in warnings:
        output.note(f"note: {sentence}")
    for line in grant.refused:
        output.note(f"not granted: {line.what} {line.asked}: {line.reason}")
    output.line(f"Signed “{row.name}” (id {row.id}), valid until {output.day(row.not_after)}.")
    for file in written:
        output.line(f"  {file}")


def _request(file: str) -> bytes:
    """The one request in a file, as DER. Raises MtlsguiError."""
    found = read(files.read(file), name=file)
    requests = [item for item in found.items if isinstance(item, RequestItem)]
    if len(requests) == 1:
        return requests[0].facts.der
    problem = "; ".join(error.message for error in found.errors)
    raise MtlsguiError(
        f"{file} holds {len(requests) or 'no'} request{'s' if requests else ''}.",
        problem,
        "Give a file with one certificate signing request.",
    )


def _called(draft: CertificateDraft, issuer: Issuer) -> str:
    """What the certificate will be called: its common name, else its first alternative name."""
    common = draft.subject_name(issuer).get_attributes_for_oid(NameOID.COMMON_NAME)
    if common:
        return str(common[-1].value)
    return next((name.value for name in draft.names(issuer)), "")


def _explained(fault: DraftRefused, draft: CertificateDraft, issuer: Issuer) -> MtlsguiError:
    """The refusal; where the names that are missing stand in the request, how to grant them."""
    request = draft.request
    missing = any(problem.field == "names" for problem in fault.problems)
    if not (missing and request and request.asked.names) or draft.names(issuer):
        return fault
    asked = ", ".join(name.text for name in request.asked.names)
    return MtlsguiError(
        fault.title,
        f"The request asks for {asked}.",
        "Grant what the profile allows of these with --take-san, or name others with --san.",
    )


def _refused(grant: Grant) -> list[dict[str, str]]:
    return [
        {"what": line.what, "asked": line.asked, "granted": line.granted, "reason": line.reason}
        for line in grant.refused
    ]
