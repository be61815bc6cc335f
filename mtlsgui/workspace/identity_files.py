"""What a connection test takes from files: an identity to present, CAs to trust, revocation lists.

Nothing is stored. Files are read in a process of their own (`workspace.reading`), within bounds.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats.items import CertificateItem, CrlItem, Item, PrivateKeyItem
from mtlsgui.pki.describe import display_name
from mtlsgui.pki.facts import CertificateFacts
from mtlsgui.tls.question import Identity
from mtlsgui.workspace.converting.sorting import Entry, anchors, sort
from mtlsgui.workspace.converting.targets import Options
from mtlsgui.workspace.inspecting import Inspection, Pasted, Reader, inspect

_MOST_NAMES = 5


class FilesUnusable(MtlsguiError):
    """The files do not hold what was looked for in them."""


class FilesLocked(FilesUnusable):
    """A passphrase is missing, or none of those that were given fits."""


def identity_from_files(
    reader: Reader | None,
    files: Sequence[Path | Pasted],
    passphrases: Sequence[str] = (),
    *,
    now: datetime,
) -> Identity:
    """The certificate with its private key and what is sent with it, in whatever format.

    now: of several ways to a root, one that is valid at this time is taken.
    Raises FilesLocked, FilesUnusable (nothing to present, a key that belongs to no certificate,
    several identities), and MtlsguiError for a file that cannot be read.
    """
    found = _read(reader, files, passphrases)
    items = found.items
    entries = sort(items, Options(), now).entries
    entry = _choose(entries, items, locked=found.locked, tried=bool(passphrases))
    leaf, key = entry.leaf, entry.key.key if entry.key else None
    if leaf is None or key is None:
        raise FilesUnusable(
            "The private key cannot be used here.",
            "It is of a kind that proves nothing in TLS.",
            "Use an ECDSA P-256 or RSA key.",
        )
    above = tuple(item.facts for item in entry.certificates[1:])
    return Identity(
        leaf.facts,
        key,
        chain=tuple(each for each in above if not each.self_signed),
        above=above,
        name=leaf.friendly_name or display_name(leaf.facts),
    )


def anchors_from_files(
    reader: Reader | None,
    files: Sequence[Path | Pasted],
    passphrases: Sequence[str] = (),
    *,
    now: datetime,
) -> tuple[CertificateFacts, ...]:
    """The CAs that the files hold: all of a file of CAs, the top of a server's full chain.

    A self-signed certificate is its own. Raises as `identity_from_files`.
    """
    found = _read(reader, files, passphrases)
    # One by one, so that a server's chain in one file leaves the CAs of another alone.
    chosen: dict[str, CertificateFacts] = {}
    for source in found.sources:
        top = anchors(sort(source.result.items, Options(), now))
        chosen |= {item.facts.fingerprint_sha256: item.facts for item in top}
    if chosen:
        return tuple(chosen.values())
    if found.locked:
        raise _locked(tried=bool(passphrases))
    raise FilesUnusable(
        "There is no CA certificate in these files.",
        f"They hold {_kinds(found.items)}.",
        "Name the file with the certificate of the server's CA.",
    )


def crls_from_files(reader: Reader | None, files: Sequence[Path | Pasted]) -> tuple[bytes, ...]:
    """The revocation lists that the files hold, in DER. Raises as `identity_from_files`."""
    found = _read(reader, files, ())
    lists = {item.facts.der: None for item in found.items if isinstance(item, CrlItem)}
    if not lists:
        raise FilesUnusable(
            "There is no revocation list in these files.",
            f"They hold {_kinds(found.items)}.",
            "Name the CRL file of the CA, in PEM or DER.",
        )
    return tuple(lists)


def _read(
    reader: Reader | None, files: Sequence[Path | Pasted], passphrases: Sequence[str]
) -> Inspection:
    found = inspect(files, passphrases, reader=reader)
    for source in found.sources:
        if source.error is not None:
            raise source.error
        if not source.result.items:
            raise FilesUnusable(
                f"There is nothing in {source.name} that can be used.",
                " ".join(error.message for error in source.result.errors),
                "Check that it is the right file.",
            )
    return found


def _choose(entries: Sequence[Entry], items: Sequence[Item], *, locked: bool, tried: bool) -> Entry:
    """The one identity that is meant."""
    whole = [entry for entry in entries if entry.leaf and entry.key]
    # A CA's own key beside those of what it issued: nobody presents the CA.
    end_entities = [entry for entry in whole if entry.leaf and not entry.leaf.facts.is_ca]
    candidates = end_entities or whole
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = [f"“{entry.alias}”" for entry in candidates]
        shown = ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")
        raise FilesUnusable(
            "There are several identities in these files.",
            f"{shown} each have their private key.",
            "Name files that hold only the one to present.",
        )
    if locked:
        raise _locked(tried=tried)
    certificates = [item for item in items if isinstance(item, CertificateItem)]
    keys = [item for item in items if isinstance(item, PrivateKeyItem)]
    if certificates and keys:
        owners = ", ".join(f"“{entry.alias}”" for entry in entries if entry.leaf)
        raise FilesUnusable(
            "The private key does not belong to this certificate.",
            f"The key given has another public key than {owners}.",
            "Name the key that the certificate was issued for, or issue a new certificate.",
        )
    if certificates:
        raise FilesUnusable(
            "The private key is missing.",
            "Without it a certificate proves nothing.",
            "Name the file with its key too.",
        )
    raise FilesUnusable(
        "There is no certificate in these files.",
        f"They hold {_kinds(items)}.",
        "Name a certificate with its private key, or a PKCS#12 file that has both.",
    )


def _locked(*, tried: bool) -> FilesLocked:
    if tried:
        return FilesLocked(
            "The passphrase is wrong.",
            "None that was given opens these files.",
            "Check the passphrase, and the keyboard's layout.",
        )
    return FilesLocked(
        "A passphrase is needed.",
        "What these files hold is encrypted.",
        "Give the passphrase that it was written with.",
    )


def _kinds(items: Sequence[Item]) -> str:
    words = {
        "certificate": "certificates",
        "csr": "requests",
        "private_key": "private keys",
        "public_key": "public keys",
        "crl": "revocation lists",
    }
    kinds = dict.fromkeys(words.get(item.kind, "other things") for item in items)
    return ", ".join(kinds) or "nothing"
