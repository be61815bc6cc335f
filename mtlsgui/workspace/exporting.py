"""Certificates and keys out of the workspace, as files that other programs read.

`render` gives the files, so that they can be shown before they are written; `write` puts them in
place, all or none of them as far as names go. A private key leaves in the clear only where that
was asked for in words, and the journal says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats import write as writers
from mtlsgui.formats.files import FileError, write_atomically
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.keys import PrivateKey
from mtlsgui.workspace.copies import file_stem, unused_name
from mtlsgui.workspace.custody import KeyNotHere
from mtlsgui.workspace.workspace import Workspace


class Form(StrEnum):
    """What is exported of a certificate.

    FULL_CHAIN is what a server is given: the certificate, then its intermediates. FOLDER is a
    deployment: NAME.crt, NAME-chain.crt (the full chain), NAME.key and ca.crt (the root).
    """

    PEM = "pem"
    DER = "der"
    CHAIN = "chain"
    FULL_CHAIN = "fullchain"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    KEY = "key"
    FOLDER = "folder"

    @property
    def has_key(self) -> bool:
        """Whether the private key is in it."""
        return self in (Form.PKCS12, Form.KEY, Form.FOLDER)


@dataclass(frozen=True)
class Options:
    """How it is exported.

    include_root: put the self-signed root at the end of chains too.
    passphrase: protects the private key; required for PKCS#12.
    plain_key: without a passphrase, write the key in the clear; it was asked for in words.
    alias: the name inside a PKCS#12; the certificate's name where empty.
    legacy: a PKCS#12 that old readers open (weak).
    """

    include_root: bool = False
    passphrase: str | None = field(default=None, repr=False)
    plain_key: bool = False
    alias: str = ""
    legacy: bool = False


@dataclass(frozen=True)
class OutputFile:
    """A file to be written. private: it holds a private key, and is for its owner only."""

    name: str
    data: bytes = field(repr=False)
    private: bool = False


def render(
    ws: Workspace, certificate_ids: Sequence[int], form: Form, options: Options | None = None
) -> tuple[OutputFile, ...]:
    """The files that hold certificates in one form, named after them.

    Names that clash are numbered; a ca.crt that several have in common is there once. Blocks on
    the vault where private keys are in it. Raises MtlsguiError.
    """
    options = options or Options()
    taken = {"ca"}
    found: dict[str, OutputFile] = {}
    for certificate_id in certificate_ids:
        row = ws.inventory.certificates.get(certificate_id)
        stem = unused_name(file_stem(row.name), taken)
        for file in _render_one(ws, certificate_id, stem, form, options):
            name, number = file.name, 1
            # Case does not tell files apart everywhere.
            while found.get(name.casefold(), file).data != file.data:
                name = f"{stem}-{file.name}" if number == 1 else f"{stem}-{number}-{file.name}"
                number += 1
            found[name.casefold()] = OutputFile(name, file.data, file.private)
    return tuple(found.values())


def _render_one(
    ws: Workspace, certificate_id: int, stem: str, form: Form, options: Options
) -> tuple[OutputFile, ...]:
    row, *above = ws.inventory.certificates.chain(certificate_id)
    facts, *issuers = (
        read_certificate(ws.inventory.certificates.der(each.id)) for each in (row, *above)
    )
    chain = [each for each in issuers if options.include_root or not each.self_signed]
    key = _key(ws, row, form, options) if form.has_key else None
    match form:
        case Form.PEM:
            return (OutputFile(f"{stem}.crt", writers.to_pem([facts])),)
        case Form.DER:
            return (OutputFile(f"{stem}.der", facts.der),)
        case Form.CHAIN:
            return (OutputFile(f"{stem}-chain.crt", writers.to_pem(_some(chain, row))),)
        case Form.FULL_CHAIN:
            return (OutputFile(f"{stem}-fullchain.crt", writers.to_pem([facts, *chain])),)
        case Form.PKCS7:
            return (OutputFile(f"{stem}.p7b", writers.to_pkcs7([facts, *chain])),)
        case Form.PKCS12:
            return (OutputFile(f"{stem}.p12", _pkcs12(row, facts, chain, key, options), True),)
        case Form.KEY:
            return (_key_file(stem, key, options),)
        case Form.FOLDER:
            return (
                OutputFile(f"{stem}.crt", writers.to_pem([facts])),
                OutputFile(f"{stem}-chain.crt", writers.to_pem([facts, *chain])),
                _key_file(stem, key, options),
                OutputFile("ca.crt", writers.to_pem([issuers[-1] if issuers else facts])),
            )


def existing(files: Sequence[OutputFile], directory: Path) -> tuple[Path, ...]:
    """Those of the files that are there already and differ: what writing would replace."""
    return tuple(
        path
        for file in files
        if (path := directory / file.name).exists() and not _same(path, file.data)
    )


def write(
    ws: Workspace,
    certificate_ids: Sequence[int],
    files: Sequence[OutputFile],
    directory: Path,
    *,
    overwrite: bool,
) -> tuple[Path, ...]:
    """Write the files into a folder, and say so in the journal; gives their paths.

    The folder is made where only it is missing. Raises FileError before anything is written
    where a file would be replaced and `overwrite` is not set.
    """
    in_the_way = existing(files, directory)
    if in_the_way and not overwrite:
        raise FileError(
            in_the_way[0],
            "Files are in the way.",
            ", ".join(path.name for path in in_the_way) + " would be replaced.",
            "Choose another folder, or say that they may be replaced.",
        )
    _make_folder(directory)
    paths = []
    for file in files:
        path = directory / file.name
        same = path.exists() and _same(path, file.data)
        # A private key that is there already is written anew: others may be able to read that.
        if file.private or not same:
            write_atomically(path, file.data, private=file.private, overwrite=overwrite or same)
        paths.append(path)
    record(ws, certificate_ids, files, str(directory))
    return tuple(paths)


def _make_folder(directory: Path) -> None:
    try:
        directory.mkdir(exist_ok=True)
    except OSError as error:
        raise FileError(
            directory,
            "The folder cannot be made.",
            f"{directory}: {error.strerror}.",
            "Choose another folder.",
        ) from error


def record(
    ws: Workspace, certificate_ids: Sequence[int], files: Sequence[OutputFile], where: str
) -> None:
    """Say in the journal that certificates left the workspace, and with which keys."""
    with_key = any(file.private for file in files)
    in_the_clear = [
        file.name for file in files if file.private and b"-----BEGIN PRIVATE KEY" in file.data
    ]
    with ws.inventory.transaction():
        for row in ws.inventory.certificates.get_many(certificate_ids):
            with ws.recorded(
                "key.exported" if with_key else "certificate.exported",
                "certificate",
                row.name,
                row.id,
                files=[file.name for file in files],
                to=where,
                **({"unprotected": in_the_clear} if in_the_clear else {}),
            ):
                pass


def _key(ws: Workspace, row: CertificateRow, form: Form, options: Options) -> PrivateKey:
    if row.key_id is None:
        raise KeyNotHere(
            f"The private key of “{row.name}” is not held here.",
            "It was made elsewhere, or deleted.",
            "Export the certificate without its key, or import the key first.",
        )
    if not options.passphrase and (form is Form.PKCS12 or not options.plain_key):
        raise MtlsguiError(
            "A passphrase is needed.",
            "A private key is not written unprotected unasked.",
            "Give a passphrase, or say that the key may be written in the clear."
            if form is not Form.PKCS12
            else "Give a passphrase.",
        )
    return ws.custody.private_key(ws.inventory.keys.get(row.key_id))


def _key_file(stem: str, key: PrivateKey | None, options: Options) -> OutputFile:
    if key is None:
        raise AssertionError("forms with a key have one")
    passphrase = options.passphrase.encode() if options.passphrase else None
    return OutputFile(f"{stem}.key", writers.private_key_pem(key, passphrase), private=True)


def _pkcs12(
    row: CertificateRow,
    facts: CertificateFacts,
    chain: Sequence[CertificateFacts],
    key: PrivateKey | None,
    options: Options,
) -> bytes:
    return writers.to_pkcs12(
        key,
        facts,
        chain,
        password=(options.passphrase or "").encode(),
        alias=options.alias or row.name,
        legacy=options.legacy,
    )


def _some(chain: Sequence[CertificateFacts], row: CertificateRow) -> Sequence[CertificateFacts]:
    if not chain:
        raise MtlsguiError(
            f"“{row.name}” has no chain.",
            "There is nothing between it and its root.",
            "Export the certificate itself, or include the root.",
        )
    return chain


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
