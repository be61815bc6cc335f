"""PEM, base64 and hex digits as people and programs leave them."""

import base64
import json
import subprocess
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.formats import pem
from mtlsgui.formats.items import CertificateItem, OtherItem, ReadResult
from mtlsgui.formats.read import read
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from tests.pki.judges import root

ROOT = root().certificate
PEM = ROOT.public_bytes(Encoding.PEM)
DER = ROOT.public_bytes(Encoding.DER)
LINES = PEM.decode().splitlines()
BODY = base64.b64encode(DER)


def check(data: bytes | str, format_name: str = "pem") -> ReadResult:
    """The one certificate is read, with its bytes as they were, and nothing is wrong."""
    result = read(data.encode() if isinstance(data, str) else data)
    assert (result.format, result.errors) == (format_name, ())
    (item,) = result.items
    assert isinstance(item, CertificateItem)
    assert item.facts.der == DER
    return result


def each_line(before: str, after: str = "") -> str:
    return "".join(f"{before}{line}{after}\n" for line in LINES)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n   \t" + PEM.decode(),
        each_line("\t"),
        each_line("# "),
        each_line("// ") if "/" not in BODY.decode() else each_line("* "),
        each_line("> > "),
        each_line("", "   "),
        each_line('"', '\\n" +'),
        each_line('    "', '\\n"'),
        each_line("'", "\\r\\n',"),
        each_line('$cert .= "', '\\n";').replace("$cert .= ", ""),
        each_line("", "\\"),
        each_line("\u00a0"),
        "CERT='" + PEM.decode().strip() + "'\n",
        "ssl_cert=" + PEM.decode().replace("\n", "\\n"),
        PEM.decode().replace("\n", "\r"),
        PEM.decode().replace("\n", "&#xA;"),
        PEM.decode().replace("\n", "&#13;\n"),
        PEM.decode().replace("\n", "<br/>\n"),
        PEM.decode().replace("-----", "—–-"),
        PEM.decode().replace("-----", "–––––"),
        PEM.decode().replace("-----", "----"),
        PEM.decode().replace("BEGIN CERTIFICATE", "Begin Certificate"),
        PEM.decode().replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
        PEM.decode().replace("CERTIFICATE", "CERTIFICATE REQUEST"),
        PEM.decode().replace("CERTIFICATE", "RSA PRIVATE KEY"),
        "-----BEGIN CERTIFICATE-----\n" + BODY.decode() + "\n-----END X509 CERTIFICATE-----",
        f"-----BEGIN CERTIFICATE----- {BODY.decode()} -----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n" + "\n".join(BODY.decode()) + "\n-----END CERTIFICATE-----",
        PEM.decode().replace("+", "-").replace("/", "_"),
        quote(PEM),
        'Hash=ab;Cert="' + quote(PEM, safe="") + '";Chain="";URI=spiffe://td/a',
        quote_plus(PEM),
    ],
)
def test_blocks_that_were_bent_on_their_way(text: str) -> None:
    assert read(text.encode()).items[0].container == "pem"
    check(text)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_of_text(encoding: str) -> None:
    data = PEM.decode().encode(encoding)
    check(data if encoding != "utf-16-be" else b"\xfe\xff" + data)


def test_bag_attributes_and_text_between() -> None:
    bag = (
        b"Bag Attributes\n    friendlyName: my client\n    localKeyID: 01 02\n"
        b"subject=CN = x\nissuer=CN = y\n"
    )
    result = read(bag + PEM + b"between -- the -BEGIN of things\n" + PEM + b"after")
    names = [item.friendly_name for item in result.items if isinstance(item, CertificateItem)]
    assert (names, result.errors) == (["my client", None], ())


def test_a_missing_end_is_said_and_what_is_there_is_read() -> None:
    cut = PEM.rsplit(b"-----END", 1)[0]
    result = read(cut + b"\nand some words of text.\n" + PEM)
    assert [item.kind for item in result.items] == ["certificate", "certificate"]
    assert "END line is missing" in result.errors[0].message
    assert result.errors[0].where == "block 1 (CERTIFICATE), line 1"


def test_a_truncated_block_is_shown_up_to_where_it_breaks() -> None:
    result = read(PEM[: len(PEM) // 2])
    (item,) = result.items
    assert isinstance(item, OtherItem)
    assert item.what == "Certificate"
    assert DER.startswith(item.der)
    assert f"{len(DER)}" in item.problem.replace(",", "")
    assert len(result.errors) == 1


def test_strange_characters_are_placed_and_what_stands_before_is_read() -> None:
    lines = [*LINES[:-1], "", "  * drawing *  .", LINES[-1]]
    result = read("\n".join(lines).encode())
    assert [item.kind for item in result.items] == ["certificate"]
    assert f"'.' in line {len(LINES)}" in result.errors[0].message


def test_what_stands_behind_the_value_is_said() -> None:
    result = read(pem.encode("CERTIFICATE", DER + b"more"))
    assert [item.kind for item in result.items] == ["certificate"]
    assert result.errors[0].message == "4 bytes after its value were left out."
    check(pem.encode("CERTIFICATE", DER + b"\0\0\n"))


def test_a_broken_private_key_is_not_kept_for_the_tree() -> None:
    key = keys.generate(KeyAlgorithm.RSA2048)
    for form in (
        serialization.PrivateFormat.PKCS8,
        serialization.PrivateFormat.TraditionalOpenSSL,
    ):
        data = key.private_bytes(Encoding.DER, form, serialization.NoEncryption())
        for part in (data[:-20], data[: len(data) // 2], data[:40]):
            (item,) = read(part).items
            assert isinstance(item, OtherItem)
            assert item.der == b""


def test_what_is_called_a_private_key_and_is_none_is_not_kept_for_the_tree() -> None:
    key = keys.pkcs8_der(keys.generate(KeyAlgorithm.P256))
    (item,) = read(pem.encode("PRIVATE KEY", b"\x31" + key[1:])).items  # a SET, for once
    assert isinstance(item, OtherItem)
    assert item.der == b""


B64 = BODY.decode()


@pytest.mark.parametrize(
    "text",
    [
        B64,
        base64.encodebytes(DER).decode(),
        base64.urlsafe_b64encode(DER).decode().rstrip("="),
        f'"{B64}"',
        base64.encodebytes(DER).decode().replace("\n", "\\n"),
        quote_plus(B64),
        base64.b64encode(PEM).decode(),
        "\ufeff  " + B64,
    ],
)
def test_base64_without_armour(text: str) -> None:
    check(text, "base64")


def test_a_string_of_json_is_read() -> None:
    result = read(json.dumps(PEM.decode()).encode())
    assert [item.kind for item in result.items] == ["certificate"]


HEX = DER.hex()
PAIRS = [HEX[at : at + 2] for at in range(0, len(HEX), 2)]


@pytest.mark.parametrize(
    "text",
    [
        HEX,
        HEX.upper(),
        " ".join(PAIRS),
        ":".join(PAIRS),
        "\n".join(":".join(PAIRS[at : at + 15]) + ":" for at in range(0, len(PAIRS), 15)),
        ", ".join(f"0x{pair}" for pair in PAIRS),
        "".join(f"\\x{pair}" for pair in PAIRS),
        "\\x" + HEX,
        "unsigned char cert[] = {\n  " + ", ".join(f"0x{pair}" for pair in PAIRS) + "\n};\n",
        'b"' + "".join(f"\\x{pair}" for pair in PAIRS) + '"',
    ],
)
def test_hex_digits(text: str) -> None:
    check(text, "hex")


@pytest.mark.parametrize(
    "command", [["xxd"], ["xxd", "-i"], ["xxd", "-p"], ["hexdump", "-C"], ["od", "-tx1"]]
)
def test_dumps(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a").write_bytes(DER)
    try:
        done = subprocess.run(
            [*command, tmp_path / "a"], capture_output=True, check=True, timeout=60
        )
    except FileNotFoundError:
        pytest.skip(f"{command[0]} is not installed")
    check(done.stdout, "hex")


def test_pem_as_hex() -> None:
    check(PEM.hex(), "hex")


@pytest.mark.parametrize(
    "text",
    ["ab" * 32, "12:34:" * 40, "0123456789\n" * 100, "SHA-256: " + "9f" * 32, "00000000: 30\n"],
)
def test_digits_that_are_something_else(text: str) -> None:
    result = read(text.encode())
    assert (result.items, result.format) == ((), "unknown")


def test_the_signs_of_openssh_are_not_ours() -> None:
    text = b"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n"
    assert not pem.looks_like_pem(text)


@given(st.binary(max_size=300), st.binary(max_size=60), st.binary(max_size=60))
def test_whatever_stands_around_a_block(inside: bytes, before: bytes, after: bytes) -> None:
    text = before + b"\n-----BEGIN CERTIFICATE-----\n" + inside + b"\n-----END CERTIFICATE-----\n"
    for block in pem.split(text + after):
        assert block.body is not None or block.problem
