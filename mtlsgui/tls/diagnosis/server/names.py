"""The server's certificate is for another name (RFC 9525)."""

from collections.abc import Iterator

from mtlsgui.pki.describe.certificate import display_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.diagnosis.server.view import View
from mtlsgui.tls.diagnosis.server.wording import fault, issue_again, listed
from mtlsgui.tls.result import Problem
from mtlsgui.tls.server_names import is_address, is_uri, names_of


def problems(view: View) -> Iterator[Problem]:
    """One, where the certificate does not have the name that was asked for."""
    if not view.evidence.name_error or not view.sent:
        return
    leaf, wanted = view.sent[0], view.evidence.question.target.server_name
    names = [name for kind in ("dns", "ip", "uri") for name in names_of(leaf, kind)]
    if names:
        explanation = f"It is for {listed(names)}, not for {wanted}."
    else:
        explanation = (
            f"It has no alternative names at all; clients of today do not look at the common name "
            f"“{display_name(leaf)}”."
        )
    yield fault(
        "hostname_mismatch",
        "The server's certificate is for another name",
        " ".join((explanation, *_near_misses(leaf, wanted))),
        f"Issue it again with {wanted} among its names, or connect by a name that it has.",
        about=leaf,
        depth=0,
        remedies=(issue_again(leaf, wanted),),
    )


def _near_misses(leaf: CertificateFacts, wanted: str) -> Iterator[str]:
    """What looks as if it should have matched, and why it does not."""
    hosts = [each.lower() for each in names_of(leaf, "dns")]
    if is_address(wanted):
        if wanted in hosts:
            yield "It has the address as a DNS name; clients look among its IP addresses."
        elif hosts and not names_of(leaf, "ip"):
            yield "It has no IP addresses among its names: connect by host name."
        return
    if is_uri(wanted):
        return
    lowered = wanted.lower()
    parent = lowered.partition(".")[2]
    for host in hosts:
        base = host.removeprefix("*.")
        if host == base:
            continue
        if lowered == base:
            yield f"{host} is for the names below {base}, not for {base} itself."
        elif lowered.endswith(f".{base}") and parent != base:
            yield f"{host} stands for one label only, and {wanted} has more before {base}."
        elif parent == base and base.count(".") == 0:
            yield f"A wildcard right below a top-level domain, as {host} is, matches nothing."
        else:
            continue
        return
    if hosts and (leaf.common_name or "").lower() == lowered:
        yield f"Its common name is {wanted}, but where there are alternative names only they count."
