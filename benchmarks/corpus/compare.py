"""What our reader makes of each file of a corpus, beside what OpenSSL made of it.

A file agrees when everything that OpenSSL found in it is among our items: of the right kind, with
the same fingerprint, names, serial number and key. Prints the figures, the disagreements by cause,
and what becomes of the formats that OpenSSL does not read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.corpus.libcrypto import Libcrypto
from benchmarks.corpus.oracle import Found, entries
from benchmarks.corpus.workers import Outcome, run
from mtlsgui.formats.items import (
    CertificateItem,
    CrlItem,
    Item,
    PrivateKeyItem,
    PublicKeyItem,
    RequestItem,
)
from mtlsgui.formats.read import read
from mtlsgui.pki.facts import certificate_parts

TIME_LIMIT = 10.0
MEMORY_LIMIT = 2**30
"""Of address space; what a process really takes is about half of it."""

_COMMON_PASSPHRASES = ("changeit", "password", "secret", "test", "storepass", "")
"""For stores that OpenSSL does not open."""


@dataclass
class File:
    """One file: where it came from, what OpenSSL found in it, what we did."""

    path: str
    found: list[Found]
    ours: dict[str, Any] | None = None
    failure: str = ""
    seconds: float = 0.0
    missing: list[str] = field(default_factory=list)


def look(task: tuple[str, tuple[str, ...]]) -> dict[str, Any]:
    """What we find in a file, in the words of the oracle. Runs in a process of its own."""
    path, passphrases = task
    secrets = [passphrase.encode() for passphrase in passphrases]
    result = read(Path(path).read_bytes(), name="It", passphrases=secrets)
    return {
        "format": result.format,
        "items": [_summary(item) for item in result.items],
        "errors": [f"{error.where}: {error.message}".removeprefix(": ") for error in result.errors],
    }


def _summary(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": item.kind, "container": item.container, "inside": item.inside}
    match item:
        case CertificateItem():
            facts = item.facts
            found |= {
                "fingerprint": facts.fingerprint_sha256,
                "rewritten": [
                    _rewritten("X509", facts.der),
                    _rewritten("X509_PUBKEY", certificate_parts(facts.der).spki.encoded),
                ],
                "subject": _digest(facts.subject_der if facts.subject is not None else None),
                "issuer": _digest(facts.issuer_der if facts.issuer is not None else None),
                "serial": facts.serial,
                "spki": facts.spki_sha256,
            }
        case RequestItem():
            found |= {
                "fingerprint": item.facts.fingerprint_sha256,
                "rewritten": [_rewritten("X509_REQ", item.facts.der)],
                "subject": _digest(
                    item.facts.subject_der if item.facts.subject is not None else None
                ),
                "spki": item.facts.spki_sha256,
            }
        case CrlItem():
            found |= {
                "fingerprint": item.facts.fingerprint_sha256,
                "rewritten": [_rewritten("X509_CRL", item.facts.der)],
                "issuer": _digest(item.facts.issuer_der if item.facts.issuer is not None else None),
            }
        case PrivateKeyItem():
            found |= {"spki": item.spki_sha256, "locked": item.locked}
        case PublicKeyItem():
            found |= {
                "spki": item.spki_sha256,
                "rewritten": [
                    _rewritten("X509_PUBKEY", item.spki),
                    _rewritten("PUBKEY", item.spki),
                ],
            }
        case _:
            found |= {"what": item.what, "locked": item.locked, "problem": item.problem}
    return found


_libraries: list[Libcrypto] = []


def _rewritten(kind: str, encoded: bytes) -> str | None:
    """The digest of what OpenSSL makes of our bytes: it hashes its own encoding, not the file's.

    The two differ in what is not quite DER (unused bits that are set, long lengths), and in the
    parameters of a public key's algorithm.
    """
    if not _libraries:
        _libraries.append(Libcrypto())
    try:
        return _libraries[0].sha256(kind, _libraries[0].decode(kind, encoded))
    except ValueError:
        return None


def _digest(encoded: bytes | None) -> str | None:
    return None if encoded is None else hashlib.sha256(encoded).hexdigest()


_IDENTITY = ("fingerprint", "subject", "issuer", "serial", "spki")
_WORDS = {
    "spkac": re.compile("SPKAC|Signed public key and challenge"),
    "cms": re.compile("CMS|PKCS#7"),
    "attribute_certificate": re.compile("[Aa]ttribute certificate"),
}
"""How we speak of kinds that have no class of their own."""


def missing(found: Sequence[Found], ours: dict[str, Any]) -> Iterator[str]:
    """A sentence for everything that OpenSSL found and we did not."""
    for theirs in found:
        same = [item for item in ours["items"] if _same_kind(theirs, item, ours["format"])]
        differing = min((_differing(theirs, item) for item in same), key=len, default=None)
        if differing is None and theirs["kind"] == "pkcs12" and ours["format"] == "pkcs12":
            continue  # an empty one holds nothing that could be an item
        if differing is None:
            said = [*ours["errors"], *(item.get("problem") for item in ours["items"])]
            yield f"no {_name(theirs)}: {next(filter(None, said), 'nothing is said')}"
        elif differing:
            yield f"{_name(theirs)}: another {', '.join(differing)}"


def _same_kind(theirs: Found, item: dict[str, Any], file_format: str) -> bool:
    kind = theirs["kind"]
    if kind == "pkcs12":
        return "pkcs12" in {item["container"], file_format}
    if kind == "cms" and {item["container"], file_format} & {"pkcs7", "cms"}:
        return True
    if kind == item["kind"]:
        return True
    words = _WORDS.get(kind)
    return bool(words and words.search(item.get("what", "")))


def _differing(theirs: Found, item: dict[str, Any]) -> list[str]:
    if theirs.get("locked"):
        return [] if item.get("locked") or item["kind"] != theirs["kind"] else ["lock"]
    return [name for name in _IDENTITY if name in theirs and not _agree(name, theirs, item)]


def _agree(name: str, theirs: Found, item: dict[str, Any]) -> bool:
    if item.get(name) in {theirs[name], theirs.get(f"written_{name}", theirs[name])}:
        return True
    return name in {"fingerprint", "spki"} and theirs[name] in item.get("rewritten", ())


def _name(theirs: Found) -> str:
    locked = ", locked" if theirs.get("locked") else ""
    return f"{theirs['kind']} in {theirs['how']}{locked} {theirs.get('type', '')}".rstrip()


def cause(sentence: str) -> str:
    """The sentence without what is one file's own."""
    sentence = re.sub(r"block \d+ \([^)]*\), line \d+(, )?:? ?", "", sentence)
    sentence = re.sub(r"[“\"'`][^”\"'`]{0,200}[”\"'`]", "…", sentence)
    return re.sub(r"\d[\d,]*", "N", sentence)[:160]


_MARKS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("JKS", re.compile(rb"\A\xfe\xed\xfe\xed")),
    ("JCEKS", re.compile(rb"\A\xce\xce\xce\xce")),
    ("BKS or UBER", re.compile(rb"\A\0\0\0[\x01\x02]\0\0\0[\x08\x14]")),
    ("SST", re.compile(rb"\A\0\0\0\0CERT")),
    ("PVK", re.compile(rb"\A\x1e\xf1\xb5\xb0")),
    ("Microsoft key blob", re.compile(rb"\A[\x06\x07]\x02\0\0")),
    ("PPK", re.compile(rb"\APuTTY-User-Key-File-")),
    ("SPKAC", re.compile(rb"\ASPKAC=")),
    ("OpenSSH private key", re.compile(rb"-----BEGIN OPENSSH PRIVATE KEY-----")),
    ("SSH2 public key", re.compile(rb"---- BEGIN SSH2 ")),
    ("OpenSSH certificate", re.compile(rb"\A\S+-cert-v0[01]@openssh\.com ")),
    ("OpenSSH public key", re.compile(rb"\A(ssh-|ecdsa-sha2-|sk-)\S+ AAAA")),
    ("JWK", re.compile(rb'\A\s*[{\[].*"kty"', re.DOTALL)),
    ("kubeconfig", re.compile(rb"^\s*client-certificate-data:", re.MULTILINE)),
    ("Kubernetes Secret", re.compile(rb"^kind: Secret", re.MULTILINE)),
    ("configuration profile", re.compile(rb"<key>PayloadContent</key>")),
    ("S/MIME mail", re.compile(rb"application/(x-)?pkcs7-", re.IGNORECASE)),
    ("signed archive", re.compile(rb"\APK\x03\x04")),
    ("OpenPGP armour", re.compile(rb"-----BEGIN PGP ")),
    ("PEM of other kinds", re.compile(rb"^-----BEGIN [A-Z0-9 ]+-----", re.MULTILINE)),
    ("base64 without armour", re.compile(rb"\AMII[A-Za-z0-9+/=\s]+\Z")),
    ("DER-like", re.compile(rb"\A\x30[\x80-\x84]")),
)


def mark(data: bytes) -> str:
    """The format that a file says it has; empty when it says none that we name."""
    return next((name for name, pattern in _MARKS if pattern.search(data)), "")


def look_at_all(corpus: Path) -> list[File]:
    """Read every file of the corpus and hold it beside the oracle."""
    lines = (corpus / "oracle.jsonl").read_text(encoding="utf-8").splitlines()
    oracle: dict[str, list[Found]] = {
        line["sha256"]: line["found"] for line in map(json.loads, lines)
    }
    files: dict[str, File] = {}
    tasks = []
    for entry in entries(corpus):
        digest = entry["sha256"]
        found = oracle.get(digest, [])
        files[digest] = File(entry["path"], found)
        opened = dict.fromkeys(one["passphrase"] for one in found if "passphrase" in one)
        tasks.append((str(corpus / "files" / digest), tuple(opened) or _COMMON_PASSPHRASES))
    for outcome in run(
        look,
        tasks,
        processes=os.cpu_count() or 1,
        time_limit=TIME_LIMIT,
        memory_limit=MEMORY_LIMIT,
    ):
        _note(files[Path(outcome.task[0]).name], outcome)
    return list(files.values())


def _note(file: File, outcome: Outcome) -> None:
    file.ours, file.failure, file.seconds = outcome.value, outcome.failure, outcome.seconds
    if file.ours is None:
        file.missing = [file.failure]
    else:
        file.missing = list(missing(file.found, file.ours))


def report(files: Sequence[File], corpus: Path, examples: int = 3) -> Iterator[str]:
    """The lines of the report, in Markdown."""
    known = [file for file in files if file.found]
    agreeing = sum(not file.missing for file in known)
    share = 100 * agreeing / max(len(known), 1)
    yield f"{len(files):,} files; OpenSSL reads {len(known):,}"
    yield f"We agree on {agreeing:,}: {share:.2f} %"
    failed = [file for file in files if file.failure]
    yield f"\nExceptions, time-outs and deaths: {len(failed)}"
    yield from (f"- {file.failure[:160]}: {file.path}" for file in failed[:50])
    yield "\nSlowest:"
    slowest = sorted(files, key=lambda file: file.seconds, reverse=True)[:10]
    yield from (f"- {file.seconds:.2f} s {file.path}" for file in slowest)
    yield "\n## Disagreements by cause\n"
    causes: dict[str, list[File]] = defaultdict(list)
    for file in known:
        if file.missing:
            causes[cause(file.missing[0])].append(file)
    for text, those in sorted(causes.items(), key=lambda pair: -len(pair[1])):
        yield f"- {len(those)}: {text}"
        yield from (f"    - {file.path}" for file in those[:examples])
    yield "\n## Formats that OpenSSL does not read\n"
    yield from _unread([file for file in files if not file.found], corpus, examples)


def _unread(files: Sequence[File], corpus: Path, examples: int) -> Iterator[str]:
    digests = {entry["path"]: entry["sha256"] for entry in entries(corpus)}
    by_mark: dict[str, list[File]] = defaultdict(list)
    for file in files:
        by_mark[mark((corpus / "files" / digests[file.path]).read_bytes())].append(file)
    for name, those in sorted(by_mark.items(), key=lambda pair: -len(pair[1])):
        bare = [file for file in those if not (file.ours and file.ours["items"])]
        yield f"- {name or 'no known mark'}: {len(those)}, with items {len(those) - len(bare)}"
        said: dict[str, list[File]] = defaultdict(list)
        for file in bare:
            errors = file.ours["errors"] if file.ours else [file.failure]
            said[cause(next(iter(errors), "nothing"))].append(file)
        for text, same in sorted(said.items(), key=lambda pair: -len(pair[1]))[:8]:
            yield f"    - {len(same)}: {text}"
            yield from (f"        - {file.path}" for file in same[:examples])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--list", type=Path, help="write every disagreement there, as JSON lines")
    arguments = parser.parse_args()
    files = look_at_all(arguments.corpus)
    if arguments.list:
        with arguments.list.open("w", encoding="utf-8") as output:
            for file in files:
                if file.missing:
                    entry = {"path": file.path, "missing": file.missing, "ours": file.ours}
                    output.write(json.dumps(entry) + "\n")
    for line in report(files, arguments.corpus):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
