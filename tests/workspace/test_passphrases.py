"""What is said of new passphrases."""

import pytest

from mtlsgui.workspace.passphrases import Strength, bits, strength


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.EMPTY),
        ("password", Strength.WEAK),
        ("P@ssw0rd1", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("12345678901234567890", Strength.WEAK),
        ("abcdefghijklmnopqrstuvwxyz", Strength.WEAK),
        ("tiger lamp bridge", Strength.FAIR),
        ("correct horse battery staple", Strength.STRONG),
        ("x7Gk2pQv9LmT4sWz", Strength.STRONG),
    ],
)
def test_strength(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected


def test_saying_the_same_again_adds_next_to_nothing() -> None:
    once, thrice = bits("hunter2"), bits("hunter2hunter2hunter2")
    assert thrice < 1.5 * once
