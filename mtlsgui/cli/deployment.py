"""The files that a server or client needs, written to a folder as soon as they are made.

NAME.crt is the certificate, NAME-chain.crt the same with the intermediates after it, NAME.key the
private key (not encrypted, readable by its owner only), and ca.crt what the other side trusts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mtlsgui.cli import files
from mtlsgui.formats import pem, write
from mtlsgui.inventory.records import CertificateRow, RequestRow
from mtlsgui.workspace import exporting
from mtlsgui.workspace.copies import file_stem, unused_name
from mtlsgui.workspace.exporting import Form, Options, OutputFile
from mtlsgui.workspace.workspace import Workspace

ANCHOR = "ca.crt"
CERTIFICATE, CHAIN, KEY, REQUEST = ".crt", "-chain.crt", ".key", ".csr"
ISSUED = (CERTIFICATE, KEY, CHAIN)
SIGNED = (CERTIFICATE, CHAIN)
REQUESTED = (REQUEST, KEY)


@dataclass(frozen=True)
class Target:
    """A folder that was found fit before anything was made.

    stems: the names of the files without their endings, one for each thing that will be made.
    """

    folder: Path
    stems: tuple[str, ...]
    force: bool

    def write_issued(self, ws: Workspace, rows: Sequence[CertificateRow]) -> list[str]:
        """Write certificates with their keys; gives the paths. Raises MtlsguiError."""
        ids = [row.id for row in rows]
        rendered = exporting.render(ws, ids, Form.FOLDER, Options(plain_key=True))
        return export(ws, ids, rendered, self.folder, force=self.force)

    def write_signed(self, ws: Workspace, row: CertificateRow) -> list[str]:
        """Write a certificate whose key is somebody else's; gives the paths.

        Raises MtlsguiError.
        """
        (stem,) = self.stems
        above = ws.inventory.certificates.chain(row.id)[1:]
        chain = [row, *(each for each in above if not each.self_signed)]
        rendered = (
            OutputFile(stem + CERTIFICATE, _pem(ws, [row])),
            OutputFile(stem + CHAIN, _pem(ws, chain)),
            OutputFile(ANCHOR, _pem(ws, above[-1:])),
        )
        return export(ws, [row.id], rendered, self.folder, force=self.force)

    def write_request(self, ws: Workspace, row: RequestRow) -> list[str]:
        """Write a request and its key; gives the paths. Raises MtlsguiError."""
        (stem,) = self.stems
        contents = {stem + REQUEST: pem.encode("CERTIFICATE REQUEST", row.der)}
        if row.key_id is not None:
            key = ws.custody.private_key(ws.inventory.keys.get(row.key_id))
            contents[stem + KEY] = write.private_key_pem(key, None)
        written = []
        for name, data in contents.items():
            written.append(str(self.folder / name))
            files.write(written[-1], data, private=name.endswith(KEY), force=self.force)
        action = "request.exported" if row.key_id is None else "key.exported"
        with ws.recorded(action, "request", row.name, row.id, to=str(self.folder)):
            pass
        return written


def prepare(
    ws: Workspace,
    directory: str,
    names: Iterable[str],
    endings: tuple[str, ...],
    *,
    issuer_id: int | None = None,
    force: bool,
) -> Target:
    """The folder for what will be made, so that nothing is made that cannot be written.

    names: what the certificates will be called. endings: of the files of each.
    issuer_id: the authority whose ca.crt goes there; one that is the same already may stay.
    Raises MtlsguiError where a file is in the way and `force` is not set.
    """
    taken = {ANCHOR.partition(".")[0]}
    stems = tuple(unused_name(file_stem(name), taken) for name in names)
    folder = files.folder(directory)
    files.refuse_existing(
        (folder / f"{stem}{ending}" for stem in stems for ending in endings), force=force
    )
    if issuer_id is not None:
        top = ws.inventory.certificates.chain(issuer_id)[-1:]
        anchor = OutputFile(ANCHOR, _pem(ws, top))
        files.refuse_existing(exporting.existing([anchor], folder), force=force)
    return Target(folder, stems, force)


def export(
    ws: Workspace,
    ids: Sequence[int],
    rendered: Sequence[OutputFile],
    folder: Path,
    *,
    force: bool,
) -> list[str]:
    """Write what was rendered of certificates; gives the paths. Raises MtlsguiError."""
    files.refuse_existing(exporting.existing(rendered, folder), force=force)
    return [str(path) for path in exporting.write(ws, ids, rendered, folder, overwrite=force)]


def _pem(ws: Workspace, rows: Iterable[CertificateRow]) -> bytes:
    ders = (ws.inventory.certificates.der(row.id) for row in rows)
    return b"".join(pem.encode("CERTIFICATE", der) for der in ders)
