"""What `mtlsctl probe` says of what it cannot use."""

from pathlib import Path

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.cli.conftest import Mtlsctl
from tests.tls.papers import world
from tests.tls.servers import free_port


def test_where_a_passphrase_can_be_given(empty: Mtlsctl, tmp_path: Path) -> None:
    paper, file = world().clients["good"], tmp_path / "me.p12"
    sealed = BestAvailableEncryption(b"s3cret")
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"me", paper.key, paper.certificate, None, sealed)  # type: ignore[arg-type]
    )
    none = {"MTLSGUI_PASSPHRASE": None}
    told = empty.refused("probe", f"127.0.0.1:{free_port()}", "--cert", str(file), env=none)
    assert "--passphrase-file FILE" in told


def test_a_time_that_is_none(empty: Mtlsctl) -> None:
    told = empty.refused("probe", "127.0.0.1:1", "--timeout", "soon")
    assert "'soon' is not a valid number of seconds" in told
