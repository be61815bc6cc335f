"""KeyringVault on backends that fail as real ones do: the old key or the new one, never neither."""

import logging
import traceback
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from keyring.errors import InitError, NoKeyringError, PasswordSetError

from mtlsgui.pki.keys import PrivateKey, spki_der
from mtlsgui.vault.base import (
    VaultDamaged,
    VaultEntryExists,
    VaultEntryMissing,
    VaultEntryTooLarge,
    VaultError,
    VaultLocked,
    VaultRefused,
    VaultUnavailable,
    VaultWriteFailed,
)
from mtlsgui.vault.codec import encode_private_key
from mtlsgui.vault.custody import load_key, new_ref, store_key
from mtlsgui.vault.keyring_vault import KeyringVault
from tests.vault.backends import (
    FailingKeyring,
    ForgettingKeyring,
    LimitedKeyring,
    LockedKeyring,
    LyingKeyring,
    MemoryKeyring,
    VanishingKeyring,
    WindowsError,
)

OLD, NEW = b"p256:the-old-secret-of-the-test", b"p256:the-new-secret-of-the-test"


def vault_on(backend: MemoryKeyring, *, max_length: int | None = None) -> KeyringVault:
    return KeyringVault(backend, "workspace", label="Test Keyring", max_length=max_length)


def assert_says_what_to_do_and_no_secret(error: VaultError) -> None:
    assert error.title
    assert error.detail
    assert error.remedy
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error.args)
    link: BaseException | None = error
    while link is not None:  # not even where a logger that follows the chain would find it
        shown += repr(link) + str(link)
        link = link.__cause__ or link.__context__
    for secret in (OLD, NEW):
        assert secret.decode() not in shown


def replace(vault: KeyringVault, old_ref: str, secret: bytes) -> str:
    """What every change of a key does: the new one first, the old one deleted last."""
    ref = new_ref()
    vault.put(ref, secret)
    vault.delete(old_ref)
    return ref


def test_what_is_put_can_be_got_and_deleted() -> None:
    backend = MemoryKeyring()
    vault = vault_on(backend)
    vault.put("ref", OLD)
    assert vault.get("ref") == OLD
    assert set(backend.entries) == {("mtlsgui/workspace/ref", "mtlsgui")}
    vault.delete("ref")
    assert not backend.entries
    vault.delete("ref")
    with pytest.raises(VaultEntryMissing) as caught:
        vault.get("ref")
    assert "another computer" in caught.value.detail
    assert_says_what_to_do_and_no_secret(caught.value)


@pytest.mark.parametrize(
    "secret",
    [b"", b"\x00", bytes(range(256)), b"line\nend", b"t:", b"b:AA==", "schlüssel".encode()],
)
def test_any_bytes_are_kept_as_printable_text(secret: bytes) -> None:
    backend = MemoryKeyring()
    vault = vault_on(backend)
    vault.put("ref", secret)
    assert vault.get("ref") == secret
    (text,) = backend.entries.values()
    assert text.isascii()
    assert text.isprintable()


def test_an_entry_is_never_overwritten() -> None:
    vault = vault_on(MemoryKeyring())
    vault.put("ref", OLD)
    with pytest.raises(VaultEntryExists) as caught:
        vault.put("ref", NEW)
    assert_says_what_to_do_and_no_secret(caught.value)
    assert vault.get("ref") == OLD


def test_workspaces_do_not_see_each_others_entries() -> None:
    backend = MemoryKeyring()
    KeyringVault(backend, "one", label="K").put("ref", OLD)
    with pytest.raises(VaultEntryMissing):
        KeyringVault(backend, "two", label="K").get("ref")


@pytest.mark.parametrize("ref", ["", "A", "a/b", "../a", "a b", "é", "-a", "a" * 129])
def test_a_reference_must_suit_every_vault(ref: str) -> None:
    with pytest.raises(ValueError, match="not a vault reference"):
        vault_on(MemoryKeyring()).put(ref, OLD)


def test_new_references_are_unique_and_valid() -> None:
    refs = {new_ref() for _ in range(100)}
    assert len(refs) == 100
    vault = vault_on(MemoryKeyring())
    for ref in refs:
        vault.put(ref, OLD)


def test_an_entry_that_somebody_else_wrote_is_reported_as_damaged() -> None:
    backend = MemoryKeyring()
    for text in ("", "x", "t:é", "b:not base64", OLD.decode()):
        backend.entries["mtlsgui/workspace/ref", "mtlsgui"] = text
        with pytest.raises(VaultDamaged) as caught:
            vault_on(backend).get("ref")
        assert_says_what_to_do_and_no_secret(caught.value)


# --- Windows: 1,280 characters ---


def test_every_key_that_mtlsgui_makes_fits_windows(keys: dict[str, PrivateKey]) -> None:
    vault = vault_on(LimitedKeyring(), max_length=1280)
    for kind, key in keys.items():
        store_key(vault, kind, key)
        assert spki_der(load_key(vault, kind).public_key()) == spki_der(key.public_key())


@pytest.mark.parametrize("max_length", [1280, None])
def test_rsa_8192_is_refused_on_windows_with_what_to_choose_instead(
    rsa8192: rsa.RSAPrivateKey, max_length: int | None
) -> None:
    """Before the write where the limit is known, else by Windows' own, raw error."""
    backend = LimitedKeyring()
    with pytest.raises(VaultEntryTooLarge) as caught:
        vault_on(backend, max_length=max_length).put("ref", encode_private_key(rsa8192))
    assert "elliptic-curve" in caught.value.remedy
    assert encode_private_key(rsa8192).decode()[:40] not in str(caught.value)
    assert not backend.entries


def test_the_limit_is_the_one_that_is_told() -> None:
    vault = vault_on(MemoryKeyring(), max_length=20)
    vault.put("just", b"x" * 18)  # and two characters that say how it is kept
    with pytest.raises(VaultEntryTooLarge):
        vault.put("over", b"x" * 19)


def test_keys_do_not_roam_to_other_computers() -> None:
    backend = LimitedKeyring()
    vault_on(backend)
    assert backend.persist == "local machine"


# --- failing at the n-th write ---


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize(
    ("error", "after", "expected"),
    [
        (None, False, VaultError),
        (None, True, VaultError),
        (OSError(28, "No space left on device"), False, VaultWriteFailed),
        (OSError(28, "No space left on device"), True, VaultWriteFailed),
        (ValueError(NEW.decode()), False, VaultError),
        (ValueError(NEW.decode()), True, VaultError),
        (PasswordSetError("Cancelled by user"), False, VaultRefused),
        (WindowsError(8, "CredWrite", NEW.decode()), False, VaultError),
    ],
)
def test_a_failed_write_leaves_the_keys_that_were_there(
    error: Exception | None, after: bool, expected: type[VaultError], at: int
) -> None:
    backend = FailingKeyring(at, after=after, error=error)
    vault = vault_on(backend)
    for written in range(1, at):
        vault.put(f"old-{written}", OLD)
    with pytest.raises(expected) as caught:
        replace(vault, "old-1", NEW)
    assert_says_what_to_do_and_no_secret(caught.value)
    assert [vault.get(f"old-{written}") for written in range(1, at)] == [OLD] * (at - 1)
    assert len(backend.entries) == at - 1
    assert vault.get(replace(vault, "old-1", NEW)) == NEW  # and it works again


def test_one_transient_disconnect_is_overcome() -> None:
    for call in range(1, 5):
        backend = VanishingKeyring({call})
        vault = vault_on(backend)
        vault.put("ref", OLD)
        assert vault.get("ref") == OLD
        vault.delete("ref")
        assert not backend.entries


# --- wrong data ---


@pytest.mark.parametrize("make", [LyingKeyring, ForgettingKeyring])
def test_a_key_that_reads_back_wrong_is_not_taken_as_kept(
    make: Callable[[], LyingKeyring],
) -> None:
    backend = make()
    vault = vault_on(backend)
    vault.put("old", OLD)
    backend.lying = True
    with pytest.raises(VaultWriteFailed) as caught:
        replace(vault, "old", NEW)
    assert_says_what_to_do_and_no_secret(caught.value)
    backend.lying = False
    assert vault.get("old") == OLD
    assert len(backend.entries) == 1


def test_a_key_that_turns_into_another_is_not_taken_as_kept(keys: dict[str, PrivateKey]) -> None:
    """The bytes compare, and then another key comes back: the public keys are compared too."""
    other = "t:" + encode_private_key(keys["p384"]).decode()

    class Swapping(MemoryKeyring):
        reads = 0

        def get_password(self, service: str, username: str) -> str | None:
            self.reads += 1
            kept = super().get_password(service, username)
            return other if self.reads == 3 else kept

    backend = Swapping()
    with pytest.raises(VaultWriteFailed, match="was not kept"):
        store_key(vault_on(backend), "ref", keys["p256"])
    assert not backend.entries


def test_a_key_of_another_certificate_is_refused(keys: dict[str, PrivateKey]) -> None:
    vault = vault_on(MemoryKeyring())
    store_key(vault, "ref", keys["p256"])
    assert load_key(vault, "ref", keys["p256"].public_key())
    with pytest.raises(VaultDamaged, match="another certificate"):
        load_key(vault, "ref", keys["p384"].public_key())


# --- locked ---


def test_a_locked_keyring_says_so_asks_once_and_loses_nothing() -> None:
    backend = LockedKeyring()
    vault = vault_on(backend)
    vault.put("old", OLD)
    backend.locked = True
    for use in (
        lambda: vault.get("old"),
        lambda: vault.put("new", NEW),
        lambda: vault.delete("old"),
    ):
        backend.asked = 0
        with pytest.raises(VaultLocked) as caught:
            use()
        assert "Unlock Test Keyring" in caught.value.remedy
        assert_says_what_to_do_and_no_secret(caught.value)
        assert backend.asked == 1
    backend.locked = False
    assert vault.get("old") == OLD
    assert len(backend.entries) == 1


def test_an_entry_that_could_not_be_checked_nor_deleted_is_named() -> None:
    """Locked between the write and the read back."""

    class LocksAfterWrite(LockedKeyring):
        def set_password(self, service: str, username: str, password: str) -> None:
            super().set_password(service, username, password)
            self.locked = True

    backend = LocksAfterWrite()
    with pytest.raises(VaultLocked) as caught:
        vault_on(backend).put("new", NEW)
    assert "mtlsgui/workspace/new" in caught.value.detail
    assert_says_what_to_do_and_no_secret(caught.value)


# --- vanishing ---


def test_a_service_that_stays_away_is_named_and_the_old_key_is_kept() -> None:
    backend = VanishingKeyring(set())
    vault = vault_on(backend)
    vault.put("old", OLD)
    for calls_until_death in range(1, 4):
        backend.calls = 0
        backend.dies_at = set(range(calls_until_death, 100))
        with pytest.raises(VaultUnavailable) as caught:
            replace(vault, "old", NEW)
        assert_says_what_to_do_and_no_secret(caught.value)
        assert "does not answer" in caught.value.title
        assert "Vault" not in caught.value.detail  # the failed cleaning up is no cause
    backend.dies_at = set()
    assert vault.get("old") == OLD


def test_a_service_that_loses_what_it_was_given_is_noticed() -> None:
    backend = VanishingKeyring({3}, loses=True)  # it dies at the read back, and comes back empty
    with pytest.raises(VaultWriteFailed) as caught:
        vault_on(backend).put("new", NEW)
    assert_says_what_to_do_and_no_secret(caught.value)


# --- what else backends raise ---


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NoKeyringError("no backend"), VaultUnavailable),
        (InitError("Failed to create the collection"), VaultError),
        (WindowsError(5, "CredRead", "denied"), VaultRefused),
        (WindowsError(1312, "CredRead", "no logon session"), VaultUnavailable),
        (WindowsError(8, "CredRead", "memory"), VaultError),
        (PermissionError(13, "denied"), VaultRefused),
        (KeyError("DBUS_SESSION_BUS_ADDRESS"), VaultUnavailable),
        (RuntimeError("anything"), VaultError),
    ],
)
def test_raw_errors_of_backends_become_ours(error: Exception, expected: type[VaultError]) -> None:
    class Raising(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            raise error

    with pytest.raises(VaultError) as caught:
        vault_on(Raising()).get("ref")
    assert type(caught.value) is expected
    assert type(error).__name__ in caught.value.detail
    assert_says_what_to_do_and_no_secret(caught.value)


def test_nothing_secret_is_logged_or_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    vault = vault_on(MemoryKeyring())
    vault.put("ref", OLD)
    vault.get("ref")
    assert OLD.decode() not in caplog.text + repr(vault) + str(vault)
    assert "Test Keyring" in repr(vault)
