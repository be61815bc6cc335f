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
from mtlsgui.formats.writing.jks import jks
from mtlsgui.formats.writing.kubernetes import tls_secret
from mtlsgui.formats.writing.store import StoreEntry
from mtlsgui.inventory.records import CertificateRow
from mtlsgui.pki.facts import CertificateFacts, read_certificate
from mtlsgui.pki.keys import PrivateKey, pkcs8_der
from mtlsgui.workspace.copies import file_stem, unused_name
from mtlsgui.workspace.custody import KeyNotHere
from mtlsgui.workspace.output_files import OutputFile, existing, write_files
from mtlsgui.workspace.workspace import Workspace

__all__ = ["Form", "Options", "OutputFile", "existing", "record", "render", "write"]


class Form(StrEnum):
    """What is exported of a certificate.

    FULL_CHAIN is what a server is given: the certificate, then its intermediates. FOLDER is a
    deployment: NAME.crt, NAME-chain.crt (the full chain), NAME.key and ca.crt (the root).
    KUBERNETES and HAPROXY hold the certificate, its chain and its key as those programs want them.
    """

    PEM = "pem"
    DER = "der"
    CHAIN = "chain"
    FULL_CHAIN = "fullchain"
    PKCS7 = "pkcs7"
    PKCS12 = "pkcs12"
    KEY = "key"
    FOLDER = "folder"
    JKS = "jks"
    KUBERNETES = "kubernetes"
    HAPROXY = "haproxy"

    @property
    def has_key(self) -> bool:
        """Whether the private key is in it."""
        return self.is_store or self.is_bundle or self in (Form.KEY, Form.FOLDER)

    @property
    def is_store(self) -> bool:
        """Whether it is a store under a passphrase, with a name for each entry."""
        return self in (Form.PKCS12, Form.JKS)

    @property
    def is_bundle(self) -> bool:
        """Whether it is for a program that wants the private key in the clear."""
        return self in (Form.KUBERNETES, Form.HAPROXY)


@dataclass(frozen=True)
class Options:
    """How it is exported.

    include_root: put the self-signed root at the end of chains too.
    passphrase: protects the private key; required for stores.
    plain_key: without a passphrase, write the key in the clear; it was asked for in words.
    alias: the name inside a store or a Secret; the certificate's name where empty.
    legacy: a PKCS#12 that old readers open (weak).
    """

    include_root: bool = False
    passphrase: str | None = field(default=None, repr=False)
    plain_key: bool = False
    alias: str = ""
    legacy: bool = False


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
        case Form.JKS:
            entry = _store_entry(row, [facts, *chain], key, options)
            store = jks([entry], options.passphrase or "", now=ws.clock())
            return (OutputFile(f"{stem}.jks", store, True),)
        case Form.KUBERNETES:
            roots = [each for each in (issuers or [facts])[-1:] if each.self_signed]
            sent, anchors = writers.to_pem([facts, *chain]), writers.to_pem(roots)
            secret = tls_secret(options.alias or row.name, sent, _plain(key), anchors)
            return (OutputFile(f"{stem}.yaml", secret, True),)
        case Form.HAPROXY:
            data = writers.to_pem([facts, *chain]) + _plain(key)
            return (OutputFile(f"{stem}.pem", data, True),)
        case Form.KEY:
            return (_key_file(stem, key, options),)
        case Form.FOLDER:
            return (
                OutputFile(f"{stem}.crt", writers.to_pem([facts])),
                OutputFile(f"{stem}-chain.crt", writers.to_pem([facts, *chain])),
                _key_file(stem, key, options),
                OutputFile("ca.crt", writers.to_pem([issuers[-1] if issuers else facts])),
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
    paths = write_files(files, directory, overwrite=overwrite)
    record(ws, certificate_ids, files, str(directory))
    return paths


def record(
    ws: Workspace, certificate_ids: Sequence[int], files: Sequence[OutputFile], where: str
) -> None:
    """Say in the journal that certificates left the workspace, and with which keys."""
    with_key = any(file.private for file in files)
    in_the_clear = [  # a Secret has its PEM in base64
        file.name
        for file in files
        if file.private and (b"-----BEGIN PRIVATE KEY" in file.data or b"  tls.key: " in file.data)
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
    if form.is_bundle and not options.plain_key:
        raise MtlsguiError(
            "The private key would be in the clear.",
            "Programs that read this form open no private keys under a passphrase.",
            "Say that the key may be written in the clear.",
        )
    if not options.passphrase and (form.is_store or not options.plain_key):
        raise MtlsguiError(
            "A passphrase is needed.",
            "A private key is not written unprotected unasked.",
            "Give a passphrase."
            if form.is_store
            else "Give a passphrase, or say that the key may be written in the clear.",
        )
    return ws.custody.private_key(ws.inventory.keys.get(row.key_id))


def _key_file(stem: str, key: PrivateKey | None, options: Options) -> OutputFile:
    if key is None:
        raise AssertionError("forms with a key have one")
    passphrase = options.passphrase.encode() if options.passphrase else None
    return OutputFile(f"{stem}.key", writers.private_key_pem(key, passphrase), private=True)


def _plain(key: PrivateKey | None) -> bytes:
    if key is None:
        raise AssertionError("forms with a key have one")
    return writers.private_key_pem(key, None)


def _store_entry(
    row: CertificateRow,
    chain: Sequence[CertificateFacts],
    key: PrivateKey | None,
    options: Options,
) -> StoreEntry:
    return StoreEntry(
        options.alias or row.name,
        tuple(each.der for each in chain),
        pkcs8_der(key) if key else None,
    )


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
