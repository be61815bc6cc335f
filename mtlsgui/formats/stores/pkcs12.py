"""PKCS#12 (RFC 7292): keys, certificates and more under one password, or under several."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mtlsgui.formats.context import Context
from mtlsgui.formats.items import CrlItem, OtherItem
from mtlsgui.formats.keys.private_keys import add_private
from mtlsgui.formats.protection import pbe
from mtlsgui.formats.protection.derivation import as_bmp
from mtlsgui.formats.protection.encryption import protection_of
from mtlsgui.formats.protection.opening import (
    Opener,
    fit_note,
    private_key_info,
    spellings,
    weakness_of_code,
)
from mtlsgui.formats.stores import pfx
from mtlsgui.formats.stores.integrity import integrity_check
from mtlsgui.formats.stores.stored import (
    Lock,
    add_certificate,
    add_key,
    add_locked_contents,
    add_secret,
)
from mtlsgui.pki import der
from mtlsgui.pki.extensions import reason
from mtlsgui.pki.facts import read_crl

_NAME = "pkcs12"


@dataclass(frozen=True, slots=True)
class _Found:
    """A bag and how the part that it stood in is encrypted; empty when it is not."""

    bag: pfx.Bag
    protection: str


def read_pkcs12(node: der.Node, context: Context) -> None:
    """All that a PKCS#12 file holds, or what it shows without its password."""
    try:
        file = pfx.read_pfx(node)
        safes = pfx.read_safes(file.content)
    except der.DerError as error:
        context.add(
            OtherItem("PKCS#12 file", problem=f"Its structure: {reason(error)}", container=_NAME)
        )
        return
    _Reader(file, context).read(safes)


class _Reader:
    """The reading of one file."""

    def __init__(self, file: pfx.Pfx, context: Context) -> None:
        self._file = file
        self._context = context
        self._given = spellings(context.passphrases)
        # Files without any password and with an empty one are both met.
        self._opener = Opener(context, (*self._given, None, b""))
        self._found: list[_Found] = []
        self._locked: list[tuple[str, str]] = []
        self._code_is_foreign = False

    def read(self, safes: list[pfx.Safe]) -> None:
        """Put everything into the context."""
        context = self._context
        before = len(context.items), len(context.errors)
        with context.part("the integrity code"):
            self._check_code()
        for number, safe in enumerate(safes, 1):
            with context.part(f"part {number}"):
                self._read_safe(safe, number)
        for found in _paired(self._found):
            with context.part(found.bag.place):
                self._add(found)
        for place, protection in self._locked:
            with context.part(place):
                what = "Encrypted contents of a PKCS#12 file"
                add_locked_contents(what, _NAME, context, protection=protection)
        if self._code_is_foreign and self._opener.fitted:
            context.error(
                "the integrity code",
                "It does not fit the password that opens the contents: either the file was "
                "changed, or its integrity code has a password of its own.",
            )
        self._describe()
        if before == (len(context.items), len(context.errors)):
            context.add(OtherItem("PKCS#12 file without certificates and keys", container=_NAME))

    def _check_code(self) -> None:
        """Find the password that the code is made with: nearly always it opens the rest too."""
        if self._file.code is None:
            signed = "none; the file is signed instead, which is not checked"
            self._context.about("Integrity code", signed if self._file.signed else "none")
            return
        check = integrity_check(self._file.code)
        note = ""
        fitting: list[bytes] = []

        def fits(candidate: bytes | None) -> bool:
            if not check.fits(self._file.content, candidate):
                raise ValueError("another password")
            if candidate:
                fitting.append(candidate)
            return True

        try:
            found = self._opener.open(check.protection, fits)
            weakness = weakness_of_code(check.size, fitting)
            note = fit_note(found, self._given, weakness)
        finally:
            self._context.about("Integrity code", check.protection.text, note)
        if not found:
            self._code_is_foreign = True
            self._opener = Opener(self._context, self._given)  # so there is a password
        for password in fitting:
            # NSS before 2018 took this spelling for PBES2 as well, where RFC 8018 has UTF-8.
            self._opener.try_last(as_bmp(password))

    def _read_safe(self, safe: pfx.Safe, number: int) -> None:
        match safe:
            case pfx.PlainSafe():
                self._take(safe.contents, number, "")
            case pfx.OtherSafe():
                self._context.add(OtherItem(f"PKCS#12 file: {safe.what}", container=_NAME))
            case pfx.EncryptedSafe():
                self._open_safe(safe, number)

    def _open_safe(self, safe: pfx.EncryptedSafe, number: int) -> None:
        text = ""
        contents: der.Node | None = None

        def decrypt(candidate: bytes | None) -> der.Node:
            return pfx.safe_contents(pbe.decrypt(safe.algorithm, safe.data, candidate))

        try:
            protection = protection_of(safe.algorithm)
            text = protection.text
            contents = self._opener.open(protection, decrypt)
        finally:
            if contents is None:
                self._locked.append((f"part {number}", text))
        if contents is not None:
            self._take(contents, number, text)

    def _take(self, contents: der.Node, number: int, protection: str) -> None:
        for bag in pfx.read_bags(contents, number):
            self._found.append(_Found(bag, protection))

    def _add(self, found: _Found) -> None:
        bag = found.bag
        if bag.problem:
            raise der.DerError(bag.problem)
        if bag.kind == pfx.SHROUDED_KEY:
            self._add_shrouded_key(bag)
        elif bag.kind == pfx.KEY:
            add_private(
                private_key_info(bag.value.encoded),
                _NAME,
                self._context,
                encrypted=bool(found.protection),
                friendly_name=bag.friendly_name,
                protection=found.protection,
            )
        elif bag.kind == pfx.CERTIFICATE:
            self._add_certificate(bag)
        elif bag.kind == pfx.CRL:
            kind, value = pfx.typed_value(bag)
            if kind != pfx.X509_CRL:
                raise der.DerError(f"a revocation list of a kind that we do not know ({kind})")
            facts = read_crl(der.read(pfx.octets(value)).encoded)
            self._context.add(CrlItem(facts, container=_NAME))
        elif bag.kind == pfx.SECRET:
            self._add_secret(found)
        else:
            raise der.DerError(f"a bag of a kind that we do not know ({bag.kind})")

    def _add_certificate(self, bag: pfx.Bag) -> None:
        kind, value = pfx.typed_value(bag)
        if kind != pfx.X509_CERTIFICATE:
            raise der.DerError(f"a certificate of a kind that we do not know ({kind})")
        add_certificate(pfx.octets(value), _NAME, bag.friendly_name, self._context)

    def _add_shrouded_key(self, bag: pfx.Bag) -> None:
        def lock() -> Lock:
            algorithm, data = bag.value.children()[:2]
            encrypted = pfx.octets(data)
            return Lock(
                protection_of(algorithm),
                lambda candidate: pbe.decrypt(algorithm, encrypted, candidate),
            )

        add_key(lock, _NAME, bag.friendly_name, self._opener, self._context)

    def _add_secret(self, found: _Found) -> None:
        """Java's secret keys and what else is no certificate's: named, and left where they are."""
        kind, value = pfx.typed_value(found.bag)
        protection = found.protection
        if kind == pfx.SHROUDED_KEY:
            inner = der.read(pfx.octets(value)) if value.tag == der.OCTET_STRING else value
            protection = protection_of(inner.children()[0]).text
        what = "Secret key" if kind in (pfx.KEY, pfx.SHROUDED_KEY) else f"Secret ({kind})"
        add_secret(what, _NAME, found.bag.friendly_name, self._context, protection=protection)

    def _describe(self) -> None:
        """What is to be said of the file as a whole, beside its integrity code."""
        about = self._context.about
        contents = [found.protection for found in self._found if found.protection]
        contents += [protection for _, protection in self._locked]
        if contents:
            about("Encryption of its contents", "\n".join(dict.fromkeys(contents)))
        keys = list(dict.fromkeys(_key_protections(self._found)))
        if keys:
            about("Encryption of its keys", "\n".join(keys))
        fitted = self._opener.fitted
        if fitted and fitted <= {None, b""}:
            about("Password", "empty" if b"" in fitted else "none")
        trusted = sum(found.bag.trusted for found in self._found)
        if trusted:
            about("Marked as trusted for Java", f"{trusted:,}")
        providers = {found.bag.provider for found in self._found if found.bag.provider}
        if providers:
            about("Kept in Windows by", "\n".join(sorted(providers)))


def _key_protections(found: Iterable[_Found]) -> Iterable[str]:
    for each in found:
        if each.bag.kind == pfx.SHROUDED_KEY:
            try:
                yield protection_of(each.bag.value.children()[0]).text
            except (der.DerError, IndexError):  # the key itself says so
                continue


def _paired(found: list[_Found]) -> list[_Found]:
    """Each key before the certificate that has its local key id, one's name serving both."""
    keys = (pfx.KEY, pfx.SHROUDED_KEY)
    names: dict[bytes, str] = {}
    certificates: dict[bytes, list[_Found]] = {}
    for each in found:
        bag = each.bag
        if bag.local_key_id and bag.friendly_name:
            names.setdefault(bag.local_key_id, bag.friendly_name)
        if bag.kind == pfx.CERTIFICATE and bag.local_key_id:
            certificates.setdefault(bag.local_key_id, []).append(each)
    ordered = []
    for each in found:
        if each.bag.kind in keys:
            ordered += [each, *certificates.pop(each.bag.local_key_id, ())]
    placed = {id(each) for each in ordered}
    ordered += [each for each in found if id(each) not in placed]
    return [
        each
        if each.bag.friendly_name or each.bag.local_key_id not in names
        else replace(each, bag=replace(each.bag, friendly_name=names[each.bag.local_key_id]))
        for each in ordered
    ]
