"""A plan made into files, and the files put in their places."""

from collections.abc import Callable, Sequence
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats import pem
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
    encoding_of,
)
from mtlsgui.formats.keys import loading as key_loading
from mtlsgui.formats.limits import DEFAULT
from mtlsgui.formats.writing import private_keys
from mtlsgui.formats.writing.certificates import certificates_pem, pkcs7
from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.formats.writing.errors import WriteError
from mtlsgui.formats.writing.jks import jks
from mtlsgui.formats.writing.jwk import JsonWebKey, jwk
from mtlsgui.formats.writing.kubernetes import tls_secret
from mtlsgui.formats.writing.openssh import openssh_private, openssh_public
from mtlsgui.formats.writing.pkcs12 import pkcs12
from mtlsgui.formats.writing.store import StoreEntry
from mtlsgui.pki.facts import certificate_parts
from mtlsgui.pki.facts.structure import request_parts
from mtlsgui.workspace.converting.records import Plan
from mtlsgui.workspace.converting.sorting import Entry
from mtlsgui.workspace.converting.targets import Target
from mtlsgui.workspace.output_files import OutputFile, write_files

_LABELS = {
    CertificateItem: "CERTIFICATE",
    RequestItem: "CERTIFICATE REQUEST",
    CrlItem: "X509 CRL",
    PublicKeyItem: "PUBLIC KEY",
}


def render(plan: Plan) -> tuple[OutputFile, ...]:
    """The files that a plan makes. Deriving keys takes up to a second: not on the GUI's thread.

    Raises MtlsguiError where the plan has problems, WriteError for keys that cannot be written.
    """
    if plan.problems:
        raise MtlsguiError("It cannot be converted.", " ".join(plan.problems))
    return _RENDER[plan.target](plan)


def write(plan: Plan, directory: Path, *, overwrite: bool) -> tuple[Path, ...]:
    """Render a plan and write its files into a folder; gives their paths.

    The folder is made where only it is missing. Raises FileError before anything is written where
    a file would be replaced and `overwrite` is not set.
    """
    return write_files(render(plan), directory, overwrite=overwrite)


def _file(
    plan: Plan,
    data: bytes,
    ending: str | None = None,
    *,
    private: bool,
    items: Sequence[Item | None] | None = None,
) -> OutputFile:
    """items: what is in it, where that is not all that is in the plan."""
    suffix = plan.target.suffix if ending is None else ending
    content = [each.item for each in plan.contents] if items is None else items
    return OutputFile(plan.stem + suffix, data, private, tuple(each for each in content if each))


def _pem(plan: Plan) -> tuple[OutputFile, ...]:
    blocks = []
    written: set[int] = set()
    for entry in plan.entries:
        for item in (*entry.certificates, entry.key):
            if item is None or id(item) in written:
                continue
            written.add(id(item))
            if isinstance(item, PrivateKeyItem):
                blocks.append(_key_pem(plan, item))
            else:
                blocks.append(pem.encode("CERTIFICATE", item.facts.der))
    blocks += [pem.encode(_LABELS[type(item)], encoding_of(item)) for item in plan.loose]
    return (_file(plan, b"".join(blocks), private=plan.has_key),)


def _der(plan: Plan) -> tuple[OutputFile, ...]:
    if not plan.entries:
        return (_file(plan, encoding_of(plan.loose[0]), private=False),)
    (entry,) = plan.entries
    if entry.leaf is not None:
        return (_file(plan, entry.leaf.facts.der, private=False),)
    data = private_keys.pkcs8_der(_open(entry.key), *_protection(plan))
    return (_file(plan, data, private=True),)


def _pkcs12(plan: Plan) -> tuple[OutputFile, ...]:
    entries = [_store_entry(entry) for entry in plan.entries]
    data = pkcs12(entries, _passphrase(plan), legacy=plan.options.legacy)
    return (_file(plan, data, private=plan.has_key),)


def _truststore(plan: Plan) -> tuple[OutputFile, ...]:
    entries = [_store_entry(entry, trusted=True) for entry in plan.entries]
    data = pkcs12(entries, _passphrase(plan), legacy=plan.options.legacy)
    return (_file(plan, data, private=False),)


def _jks(plan: Plan) -> tuple[OutputFile, ...]:
    entries = [_store_entry(entry) for entry in plan.entries]
    return (_file(plan, jks(entries, _passphrase(plan), now=plan.now), private=plan.has_key),)


def _pkcs7(plan: Plan) -> tuple[OutputFile, ...]:
    crls = [encoding_of(item) for item in plan.loose]
    return (_file(plan, pkcs7(_distinct(plan), crls), private=False),)


def _pkcs8(plan: Plan) -> tuple[OutputFile, ...]:
    blocks = [_key_pem(plan, key) for key in _keys(plan)]
    return (_file(plan, b"".join(blocks), private=True),)


def _pkcs1(plan: Plan) -> tuple[OutputFile, ...]:
    passphrase = plan.options.passphrase if plan.options.encrypt else None
    blocks = [private_keys.traditional_pem(_open(key), passphrase) for key in _keys(plan)]
    return (_file(plan, b"".join(blocks), private=True),)


def _openssh(plan: Plan) -> tuple[OutputFile, ...]:
    passphrase = plan.options.passphrase if plan.options.encrypt else None
    (key,) = _keys(plan)
    return (_file(plan, openssh_private(_open(key), passphrase), private=True),)


def _ssh_public(plan: Plan) -> tuple[OutputFile, ...]:
    lines = [openssh_public(spki, alias) for alias, spki in _public_keys(plan)]
    return (_file(plan, b"".join(lines), private=False),)


def _public(plan: Plan) -> tuple[OutputFile, ...]:
    blocks = [pem.encode("PUBLIC KEY", spki) for _, spki in _public_keys(plan)]
    return (_file(plan, b"".join(blocks), private=False),)


def _jwk(plan: Plan) -> tuple[OutputFile, ...]:
    keys = []
    for entry in plan.entries:
        source = entry.key or entry.leaf
        if source is None:
            continue
        certificates = tuple(item.facts.der for item in entry.certificates)
        pkcs8 = entry.key.pkcs8 if entry.key else None
        spki = b"" if entry.key else _spki(source)
        keys.append(JsonWebKey(pkcs8, spki, certificates, entry.alias))
    keys += [JsonWebKey(spki=_spki(item)) for item in plan.loose]
    return (_file(plan, jwk(keys), private=plan.has_key),)


def _kubernetes(plan: Plan) -> tuple[OutputFile, ...]:
    (entry,) = plan.entries
    root = entry.certificates[-1].facts
    roots = [root.der] if root.self_signed else []
    sent = [item.facts.der for item in entry.certificates]
    if roots and len(sent) > 1 and not plan.options.include_root:
        sent = sent[:-1]
    key = private_keys.pkcs8_pem(_open(entry.key))
    data = tls_secret(entry.alias, certificates_pem(sent), key, certificates_pem(roots))
    return (_file(plan, data, private=True),)


def _nginx(plan: Plan) -> tuple[OutputFile, ...]:
    (entry,) = plan.entries
    return (
        _file(plan, certificates_pem(_distinct(plan)), private=False, items=entry.certificates),
        _key_file(plan, entry),
    )


def _apache(plan: Plan) -> tuple[OutputFile, ...]:
    (entry,) = plan.entries
    leaf, *chain = _distinct(plan)
    first, *above = entry.certificates
    files = [_file(plan, certificates_pem([leaf]), private=False, items=[first])]
    if chain:
        data = certificates_pem(chain)
        files.append(_file(plan, data, "-chain.crt", private=False, items=above))
    files.append(_key_file(plan, entry))
    return tuple(files)


def _key_file(plan: Plan, entry: Entry) -> OutputFile:
    data = _key_pem(plan, entry.key)
    return _file(plan, data, ".key", private=True, items=[entry.key])


def _haproxy(plan: Plan) -> tuple[OutputFile, ...]:
    (entry,) = plan.entries
    data = certificates_pem(_distinct(plan)) + private_keys.pkcs8_pem(_open(entry.key))
    return (_file(plan, data, private=True),)


def _certificates(plan: Plan) -> tuple[OutputFile, ...]:
    return (_file(plan, certificates_pem(_distinct(plan)), private=False),)


_RENDER: dict[Target, Callable[[Plan], tuple[OutputFile, ...]]] = {
    Target.PEM: _pem,
    Target.DER: _der,
    Target.PKCS12: _pkcs12,
    Target.PKCS7: _pkcs7,
    Target.PKCS8: _pkcs8,
    Target.PKCS1: _pkcs1,
    Target.JKS: _jks,
    Target.OPENSSH: _openssh,
    Target.SSH_PUBLIC: _ssh_public,
    Target.PUBLIC: _public,
    Target.JWK: _jwk,
    Target.KUBERNETES: _kubernetes,
    Target.NGINX: _nginx,
    Target.APACHE: _apache,
    Target.HAPROXY: _haproxy,
    Target.TRUSTSTORE: _truststore,
    Target.CHAIN: _certificates,
    Target.CA: _certificates,
}


def _keys(plan: Plan) -> list[PrivateKeyItem]:
    """Each once, though two certificates may share one."""
    found = [entry.key for entry in plan.entries if entry.key is not None]
    return list({id(key): key for key in found}.values())


def _distinct(plan: Plan) -> list[bytes]:
    """The certificates in order, each once, DER."""
    return list(
        dict.fromkeys(item.facts.der for entry in plan.entries for item in entry.certificates)
    )


def _public_keys(plan: Plan) -> list[tuple[str, bytes]]:
    """Names and SubjectPublicKeyInfos of the entries and of what is loose."""
    found: dict[bytes, str] = {}
    for entry in plan.entries:
        source = entry.leaf or entry.key
        if source is not None:
            found.setdefault(_spki(source), entry.alias)
    for item in plan.loose:
        name = item.facts.common_name if isinstance(item, RequestItem) else None
        found.setdefault(_spki(item), name or "")
    return [(name, spki) for spki, name in found.items()]


def _spki(item: Item) -> bytes:
    """Its public key. Raises WriteError for private keys whose public half nobody can tell."""
    match item:
        case CertificateItem():
            return certificate_parts(item.facts.der).spki.encoded
        case RequestItem():
            return request_parts(item.facts.der).spki.encoded
        case PublicKeyItem():
            return item.spki
        case PrivateKeyItem():
            spki = key_loading.load_private(_open(item), DEFAULT).spki
            if spki is not None:
                return spki
    raise WriteError("The public key cannot be told", "The key is of a kind that we do not know.")


def _store_entry(entry: Entry, *, trusted: bool = False) -> StoreEntry:
    return StoreEntry(
        alias=entry.alias,
        certificates=tuple(item.facts.der for item in entry.certificates),
        key=entry.key.pkcs8 if entry.key else None,
        trusted=trusted,
    )


def _key_pem(plan: Plan, key: PrivateKeyItem | None) -> bytes:
    passphrase, derivation = _protection(plan)
    legacy = plan.options.legacy and plan.target is Target.PKCS8
    return private_keys.pkcs8_pem(_open(key), passphrase, derivation, legacy=legacy)


def _protection(plan: Plan) -> tuple[str | None, Derivation]:
    options = plan.options
    if options.encrypt is None:
        return None, Derivation.PBKDF2
    return options.passphrase, options.encrypt


def _passphrase(plan: Plan) -> str:
    return plan.options.passphrase or ""


def _open(key: PrivateKeyItem | None) -> bytes:
    if key is None or key.pkcs8 is None:
        raise AssertionError("plans hold open keys")
    return key.pkcs8
