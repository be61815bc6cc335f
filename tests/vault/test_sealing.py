import pytest

from mtlsgui.vault.base import VaultDamaged, VaultError
from mtlsgui.vault.sealing import new_workspace_key, seal, unseal

KEY = bytes(range(32))
SECRET = b"p256:an end-entity key"


def test_what_is_sealed_is_unsealed() -> None:
    assert unseal(KEY, "key-1", seal(KEY, "key-1", SECRET)) == SECRET
    assert unseal(KEY, "key-1", seal(KEY, "key-1", b"")) == b""


def test_a_sealed_key_shows_nothing_and_never_repeats() -> None:
    first, second = seal(KEY, "key-1", SECRET), seal(KEY, "key-1", SECRET)
    assert SECRET not in first
    assert first[1:13] != second[1:13]
    assert first[13:] != second[13:]


def test_every_changed_byte_is_noticed() -> None:
    sealed = seal(KEY, "key-1", SECRET)
    for index in range(len(sealed)):
        changed = bytearray(sealed)
        changed[index] ^= 1
        with pytest.raises(VaultError):
            unseal(KEY, "key-1", bytes(changed))


def test_every_truncation_is_noticed() -> None:
    sealed = seal(KEY, "key-1", SECRET)
    for size in range(len(sealed)):
        with pytest.raises(VaultDamaged):
            unseal(KEY, "key-1", sealed[:size])


def test_a_sealed_key_cannot_stand_in_for_another() -> None:
    with pytest.raises(VaultDamaged, match="key-2"):
        unseal(KEY, "key-2", seal(KEY, "key-1", SECRET))


def test_another_workspace_key_is_refused() -> None:
    with pytest.raises(VaultDamaged) as caught:
        unseal(new_workspace_key(), "key-1", seal(KEY, "key-1", SECRET))
    assert "backup" in caught.value.remedy


def test_a_newer_format_is_named_as_such() -> None:
    with pytest.raises(VaultError, match="format 2") as caught:
        unseal(KEY, "key-1", b"\x02" + bytes(40))
    assert "newer version" in caught.value.remedy


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_workspace_key_has_256_bits(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(bytes(size), "key-1", SECRET)


def test_new_workspace_keys_differ() -> None:
    assert len(new_workspace_key()) == 32
    assert new_workspace_key() != new_workspace_key()
