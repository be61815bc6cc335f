"""Conversion: what a plan says is what the files hold, and nothing is lost without a word."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.errors import MtlsguiError
from mtlsgui.formats import pem, write
from mtlsgui.formats.files import FileError
from mtlsgui.formats.items import Item, OtherItem, PrivateKeyItem, PublicKeyItem
from mtlsgui.formats.keys import structures as key_structures
from mtlsgui.formats.read import read
from mtlsgui.formats.writing.encrypting import Derivation
from mtlsgui.formats.writing.errors import WriteError
from mtlsgui.pki import keys
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.requests import make
from mtlsgui.workspace import converting
from mtlsgui.workspace.converting import Options, Part, Plan, Role, Target
from mtlsgui.workspace.inspecting import inspect_files
from tests.pki.judges import NOW
from tests.workspace.papers import (
    INTERMEDIATE,
    ISSUING,
    PASSPHRASE,
    ROOT,
    TOP,
    certificates_in,
    items_of,
    keys_in,
    one,
    pair,
    read_back,
)

WEB = one()
HEAP = items_of(TOP, INTERMEDIATE, WEB.pem)
WEB_FP, CA_FP, ROOT_FP = (
    facts.fingerprint_sha256 for facts in (WEB.facts, INTERMEDIATE, TOP)
)  # fmt: skip


def plan(items: tuple[Item, ...], target: Target, **options: object) -> Plan:
    return converting.plan(items, target, Options(**options), now=NOW)  # type: ignore[arg-type]


def rendered(items: tuple[Item, ...], target: Target, **options: object) -> bytes:
    """The one file that is made."""
    (file,) = converting.render(plan(items, target, **options))
    return file.data


def roles(planned: Plan) -> list[str]:
    return [content.role.value for content in planned.contents]


def passphrase_for(target: Target) -> str | None:
    return PASSPHRASE if target.needs_passphrase else None


# What is in it


@pytest.mark.parametrize("target", Target)
def test_what_is_neither_in_the_output_nor_left_out_does_not_exist(target: Target) -> None:
    planned = plan(HEAP, target, passphrase=passphrase_for(target))
    assert planned.can_be_made
    said = [each.item for each in planned.contents]
    said += [each.item for each in planned.left_out]
    assert sorted(map(id, said)) == sorted(map(id, HEAP))
    assert all(each.why.endswith(".") for each in planned.left_out)


@pytest.mark.parametrize("target", Target)
def test_the_files_hold_what_the_plan_said(target: Target) -> None:
    planned = plan(HEAP, target, passphrase=passphrase_for(target))
    files = converting.render(planned)
    found = [item for file in files for item in read_back(file.data, PASSPHRASE)]
    said = [content.item for content in planned.contents]
    if target in (Target.PUBLIC, Target.SSH_PUBLIC):
        (public,) = found
        assert isinstance(public, PublicKeyItem)
        assert public.spki_sha256 == WEB.facts.spki_sha256
    else:
        assert set(certificates_in(found)) == set(certificates_in(said))
        assert keys_in(found) == keys_in(said)
    assert {file.private for file in files if b"PRIVATE" in file.data} <= {True}
    assert any(file.private for file in files) is planned.has_key


@pytest.mark.parametrize(
    "target",
    [Target.PEM, Target.PKCS7, Target.CHAIN, Target.NGINX, Target.HAPROXY],
)
def test_chains_are_leaf_first_and_the_root_is_asked_for(target: Target) -> None:
    first, *_ = converting.render(plan(HEAP, target))
    assert certificates_in(read_back(first.data)) == [WEB_FP, CA_FP]
    first, *_ = converting.render(plan(HEAP, target, include_root=True))
    assert certificates_in(read_back(first.data)) == [WEB_FP, CA_FP, ROOT_FP]
    first, *_ = converting.render(plan(HEAP, target, chain=False))
    assert certificates_in(read_back(first.data)) == [WEB_FP]


@pytest.mark.parametrize(
    ("part", "wanted", "has_key"),
    [
        (Part.LEAF, [WEB_FP], False),
        (Part.CHAIN, [WEB_FP, CA_FP], False),
        (Part.KEY, [], True),
        (Part.CA, [ROOT_FP], False),
    ],
)
@pytest.mark.parametrize("target", [Target.PEM, Target.PKCS12])
def test_a_part_is_that_part_alone(
    target: Target, part: Part, wanted: list[str], has_key: bool
) -> None:
    data = rendered(HEAP, target, only=part, passphrase=passphrase_for(target))
    found = read_back(data, PASSPHRASE)
    assert certificates_in(found) == wanted
    assert bool(keys_in(found)) is has_key


def test_der_holds_one_thing_and_says_what_it_leaves() -> None:
    planned = plan(HEAP, Target.DER)
    assert roles(planned) == ["leaf"]
    assert len(planned.left_out) == 3
    assert rendered(HEAP, Target.DER) == WEB.facts.der
    assert rendered(HEAP, Target.DER, only=Part.KEY) == keys.pkcs8_der(WEB.key)


def test_apache_has_three_files_in_their_right_order() -> None:
    leaf, chain, key = converting.render(plan(HEAP, Target.APACHE))
    assert [leaf.name, chain.name, key.name] == [
        "web.example.crt",
        "web.example-chain.crt",
        "web.example.key",
    ]
    assert certificates_in(read_back(leaf.data)) == [WEB_FP]
    assert certificates_in(read_back(chain.data)) == [CA_FP]
    assert key.private
    assert keys_in(read_back(key.data)) == {WEB.facts.spki_sha256}


def test_a_secret_is_what_kubectl_makes_and_has_the_root_beside() -> None:
    data = rendered(HEAP, Target.KUBERNETES, aliases=("Web_TLS.*",))
    secret = yaml.safe_load(data)
    assert (secret["kind"], secret["type"]) == ("Secret", "kubernetes.io/tls")
    assert secret["metadata"]["name"] == "web-tls.wildcard"
    assert set(secret["data"]) == {"tls.crt", "tls.key", "ca.crt"}
    places = {item.inside for item in read_back(data)}
    assert len(places) == 3


def test_a_truststore_holds_what_the_other_side_trusts() -> None:
    data = rendered(HEAP, Target.TRUSTSTORE, passphrase=PASSPHRASE)
    assert certificates_in(read_back(data, PASSPHRASE)) == [ROOT_FP]
    only_authorities = items_of(TOP, INTERMEDIATE)
    data = rendered(only_authorities, Target.TRUSTSTORE, passphrase=PASSPHRASE)
    assert set(certificates_in(read_back(data, PASSPHRASE))) == {ROOT_FP, CA_FP}


def test_a_self_signed_certificate_alone_is_its_own_anchor_and_chain() -> None:
    alone = items_of(TOP)
    for target in (Target.CA, Target.CHAIN, Target.PEM):
        assert certificates_in(read_back(rendered(alone, target))) == [ROOT_FP]


@pytest.mark.parametrize("target", [Target.PEM, Target.PKCS7, Target.PKCS12, Target.JKS])
def test_a_collection_of_authorities_keeps_its_roots(target: Target) -> None:
    data = rendered(items_of(INTERMEDIATE, TOP), target, passphrase=passphrase_for(target))
    assert certificates_in(read_back(data, PASSPHRASE)) == [CA_FP, ROOT_FP]
    assert roles(plan(items_of(INTERMEDIATE, TOP), Target.CHAIN)) == ["leaf"]


def test_requests_lists_and_public_keys_go_where_there_is_room() -> None:
    request = make(WEB.key, Subject("web.example").name()).public_bytes(Encoding.PEM)
    public = write.public_key_to_pem(keys.generate(KeyAlgorithm.P256).public_key())
    items = (*HEAP, *items_of(request, public))
    assert roles(plan(items, Target.PEM))[-2:] == ["request", "public_key"]
    read_again = read_back(rendered(items, Target.PEM))
    assert [item.kind for item in read_again][-2:] == ["csr", "public_key"]
    planned = plan(items, Target.PKCS12, passphrase=PASSPHRASE)
    assert {left.item.kind for left in planned.left_out} == {"certificate", "csr", "public_key"}
    assert rendered(items_of(request), Target.DER) == pem.decode(request.split(b"-----")[2])


# Which one is meant


def test_stores_take_every_entry_under_its_own_name() -> None:
    other = pair("api.example", "rsa2048")
    items = items_of(WEB.pem, other.pem, INTERMEDIATE, TOP)
    for target in (Target.PKCS12, Target.JKS, Target.JWK, Target.PEM):
        data = rendered(items, target, passphrase=passphrase_for(target))
        found = read_back(data, PASSPHRASE)
        assert keys_in(found) == {WEB.facts.spki_sha256, other.facts.spki_sha256}
    data = rendered(items, Target.PKCS12, passphrase=PASSPHRASE, aliases=("a", "a"))
    found = read_back(data, PASSPHRASE)
    names = {item.friendly_name for item in found if isinstance(item, PrivateKeyItem)}
    assert names == {"a", "a-2"}


def test_where_one_has_room_a_name_chooses_and_the_others_are_told() -> None:
    other = pair("api.example")
    items = items_of(WEB.pem, other.pem, INTERMEDIATE)
    planned = plan(items, Target.CHAIN)
    assert [leaf.facts.common_name for leaf in planned.leaves] == ["web.example", "api.example"]
    for chosen in (
        plan(items, Target.CHAIN, aliases=("API.example",)),
        plan(items, Target.CHAIN, leaf=other.facts.fingerprint_sha256),
    ):
        assert chosen.contents[0].item.facts == other.facts  # type: ignore[union-attr]
    nobody = plan(items, Target.NGINX, aliases=("nobody",))
    assert nobody.problems == ("There is no “nobody” among these: “web.example”, “api.example”.",)


def test_a_certificate_with_its_key_is_preferred_and_a_ca_is_not() -> None:
    other = pair("api.example")
    ca_key = write.private_key_pem(ISSUING.key, None)
    items = items_of(other.facts, INTERMEDIATE, ca_key, WEB.pem)
    for target in (Target.CHAIN, Target.NGINX):
        planned = plan(items, target)
        assert planned.contents[0].item.facts == WEB.facts  # type: ignore[union-attr]


def test_the_shorter_way_to_a_root_is_taken_and_the_other_is_told() -> None:
    """The issuing CA is certified by the root, and by an old root through a bridge."""
    from tests.workspace.test_chaining import CROSS, OLD_ROOT

    items = items_of(WEB.pem, CROSS, OLD_ROOT, INTERMEDIATE, TOP)
    planned = plan(items, Target.CHAIN)
    assert len(planned.alternatives) == 2
    other = tuple(item.facts.fingerprint_sha256 for item in planned.alternatives[1])
    again = plan(items, Target.CHAIN, route=other, include_root=True)
    made = certificates_in([content.item for content in again.contents])
    assert tuple(made) == other
    assert {left.why for left in planned.left_out} >= {"It is on another way to a root."}


def test_a_key_of_another_certificate_is_warned_of() -> None:
    other = pair("api.example")
    items = items_of(WEB.facts, other.key_pem)
    said = "The private key belongs to none of the certificates."
    assert said in plan(items, Target.PKCS12, passphrase=PASSPHRASE).warnings
    assert said not in plan(HEAP, Target.PKCS12, passphrase=PASSPHRASE).warnings


def test_a_request_has_a_command_of_its_own() -> None:
    request = make(pair("new.example").key, Subject("new.example").name())
    items = items_of(request.public_bytes(Encoding.PEM))
    assert plan(items, Target.DER).commands == (
        "openssl req -in new.example.pem -outform DER -out new.example.der\n"
    )
    assert plan(items, Target.PUBLIC).commands == ""


def test_commands_for_one_of_several_say_so() -> None:
    items = items_of(WEB.pem, pair("api.example").pem, INTERMEDIATE)
    assert plan(items, Target.PKCS12, passphrase=PASSPHRASE).commands.startswith("# For the first")


# Passphrases


@pytest.mark.parametrize("derivation", Derivation)
@pytest.mark.parametrize("target", [Target.PEM, Target.PKCS8, Target.NGINX])
def test_keys_go_under_a_passphrase_and_out_again(target: Target, derivation: Derivation) -> None:
    *_, file = converting.render(plan(HEAP, target, encrypt=derivation, passphrase=PASSPHRASE))
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in file.data
    assert b"BEGIN PRIVATE KEY" not in file.data
    opened = read_back(file.data, PASSPHRASE)
    (key,) = (item for item in opened if isinstance(item, PrivateKeyItem))
    assert key.encrypted
    assert ("scrypt" in key.protection) is (derivation is Derivation.SCRYPT)
    assert rendered(opened, Target.PKCS8) == WEB.key_pem


def test_changing_a_passphrase_is_converting_to_the_same() -> None:
    for target in (Target.PKCS12, Target.OPENSSH, Target.PKCS8, Target.JKS):
        encrypt = None if target.needs_passphrase else Derivation.PBKDF2
        old = rendered(HEAP, target, passphrase="the old one", encrypt=encrypt)
        items = read_back(old, "the old one")
        new = rendered(items, target, passphrase=PASSPHRASE, encrypt=encrypt)
        assert keys_in(read_back(new, PASSPHRASE)) == {WEB.facts.spki_sha256}
        assert all(
            item.locked
            for item in read_back(new, "the old one")
            if isinstance(item, PrivateKeyItem)
        )


def test_the_old_encryption_of_keys_has_to_be_asked_for_twice() -> None:
    asked = {"encrypt": Derivation.PBKDF2, "passphrase": PASSPHRASE}
    assert "MD5" in plan(HEAP, Target.PKCS1, **asked).problems[0]
    planned = plan(HEAP, Target.PKCS1, legacy=True, **asked)
    assert "The old kind protects little" in planned.warnings[0]
    (file,) = converting.render(planned)
    assert b"DEK-Info: AES-256-CBC" in file.data
    assert keys_in(read_back(file.data, PASSPHRASE)) == {WEB.facts.spki_sha256}


# What cannot be


@pytest.mark.parametrize(
    ("items", "target", "options", "problem"),
    [
        (items_of(TOP), Target.PKCS8, {}, "There is no private key in these files."),
        (items_of(TOP), Target.NGINX, {}, "There is no private key in these files."),
        (items_of(WEB.key_pem), Target.NGINX, {}, "There is no certificate in these files."),
        (items_of(WEB.key_pem), Target.CHAIN, {}, "There is no certificate in these files."),
        (items_of(WEB.key_pem), Target.JKS, {"passphrase": PASSPHRASE}, "There is no certificate"),
        (items_of(TOP, WEB.key_pem), Target.HAPROXY, {}, "belongs to none of the certificates"),
        (HEAP, Target.PKCS12, {}, "A passphrase is needed"),
        (HEAP, Target.PKCS12, {"passphrase": ""}, "A passphrase is needed"),
        (HEAP, Target.PKCS8, {"encrypt": Derivation.SCRYPT}, "A passphrase is needed"),
        (HEAP, Target.JKS, {"passphrase": "short"}, "6 characters or more"),
        (HEAP, Target.PKCS7, {"only": Part.KEY}, "PKCS#7 holds no private keys."),
        (
            HEAP,
            Target.JKS,
            {"only": Part.KEY, "passphrase": PASSPHRASE},
            "takes keys with certificates only",
        ),
        (HEAP, Target.NGINX, {"only": Part.LEAF}, "has no parts to choose from"),
        (
            HEAP,
            Target.HAPROXY,
            {"encrypt": Derivation.PBKDF2, "passphrase": PASSPHRASE},
            "cannot be put under a passphrase",
        ),
        (items_of(one("ed25519").pem), Target.PKCS1, {}, "Ed25519 keys cannot be written as"),
        (items_of(one("ml-dsa-44").pem), Target.OPENSSH, {}, "ML-DSA-44 keys cannot be written"),
        ((), Target.PEM, {}, "Nothing in these files fits into it."),
    ],
)
def test_a_sentence_says_why_not(
    items: tuple[Item, ...], target: Target, options: dict[str, object], problem: str
) -> None:
    planned = plan(items, target, **options)
    assert any(problem in each for each in planned.problems), planned.problems
    with pytest.raises(MtlsguiError):
        converting.render(planned)


def test_a_locked_key_is_a_problem_where_it_is_needed_and_a_warning_where_not() -> None:
    sealed = write.private_key_pem(WEB.key, PASSPHRASE.encode())
    items = items_of(sealed, WEB.facts)
    assert plan(items, Target.PKCS8).problems == (
        "The private key is locked: its passphrase is needed.",
    )
    planned = plan(items, Target.PEM)
    assert planned.can_be_made
    assert any("locked, and left out" in warning for warning in planned.warnings)
    assert "locked" in planned.left_out[0].why


def test_of_a_key_here_open_and_locked_the_open_one_is_taken() -> None:
    (locked,) = items_of(converting.render(plan(HEAP, Target.OPENSSH, **{
        "encrypt": Derivation.PBKDF2, "passphrase": PASSPHRASE}))[0].data)  # fmt: skip
    assert isinstance(locked, PrivateKeyItem)
    assert locked.locked
    assert plan((locked, *HEAP), Target.NGINX).can_be_made


def test_expired_and_missing_are_said() -> None:
    later = NOW + timedelta(days=4000)
    planned = converting.plan(items_of(WEB.pem), Target.NGINX, now=later)
    assert any("expired on" in warning for warning in planned.warnings)
    (missing,) = planned.missing
    assert "Test Issuing CA" in missing.sentence
    assert not missing.may_be_root
    assert plan(HEAP, Target.NGINX).missing == ()


def test_targets_for_are_those_that_can_be_made() -> None:
    assert set(converting.targets_for(HEAP, now=NOW)) == set(Target)
    certificates = converting.targets_for(items_of(INTERMEDIATE), now=NOW)
    assert Target.CHAIN in certificates
    assert not any(target.needs_key for target in certificates)
    assert converting.targets_for((), now=NOW) == ()


def test_a_passphrase_that_is_no_text_is_refused_without_being_told() -> None:
    planned = plan(HEAP, Target.PKCS8, encrypt=Derivation.PBKDF2, passphrase="half \ud800 secret")
    with pytest.raises(WriteError) as caught:
        converting.render(planned)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_keys_that_no_library_here_can_use_are_converted_too() -> None:
    """An X25519 key signs nothing; it is written in every form that has room for bytes."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import x25519

    data = x25519.X25519PrivateKey.generate().private_bytes(
        Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    items = items_of(data)
    for target in (Target.PEM, Target.PKCS8, Target.PKCS12, Target.JWK, Target.PUBLIC):
        made = rendered(items, target, passphrase=passphrase_for(target))
        (item,) = read_back(made, PASSPHRASE)
        assert item.spki_sha256 == items[0].spki_sha256  # type: ignore[union-attr]


# Files


def test_nothing_is_overwritten_unasked_and_keys_are_for_their_owner(tmp_path: Path) -> None:
    planned = plan(HEAP, Target.NGINX)
    chain, key = converting.write(planned, tmp_path / "out", overwrite=False)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert chain.read_bytes() == write.to_pem([WEB.facts, INTERMEDIATE])
    key.write_bytes(b"another")
    with pytest.raises(FileError, match="in the way"):
        converting.write(planned, tmp_path / "out", overwrite=False)
    assert key.read_bytes() == b"another"
    converting.write(planned, tmp_path / "out", overwrite=True)
    assert key.read_bytes() == WEB.key_pem


def test_many_files_each_by_itself_with_a_line_for_each(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(WEB.pem)
    (tmp_path / "b.pem").write_bytes(write.to_pem([TOP]))
    (tmp_path / "c.txt").write_bytes(b"nothing of ours")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "A.pem").write_bytes(one("ed25519").pem)
    paths = [tmp_path / name for name in ("a.pem", "b.pem", "c.txt", "none", "sub/A.pem")]
    seen: list[int] = []

    def progress(done: int, total: int) -> bool:
        assert total == len(paths)
        seen.append(done)
        return True

    sources = inspect_files(paths).sources
    report = converting.convert_each(
        sources, Target.PKCS8, Options(), tmp_path / "out", now=NOW, progress=progress
    )
    assert [line.done for line in report.lines] == [True, False, False, False, True]
    assert (report.done, report.skipped, report.stopped) == (2, 3, False)
    assert all(line.why for line in report.lines if not line.done)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["A-2.key", "a.key"]
    assert (seen[0], seen[-1]) == (0, len(paths))
    again = converting.convert_each(sources, Target.PKCS8, Options(), tmp_path / "out", now=NOW)
    assert again.done == 2  # what is there already and the same is no obstacle


def test_many_files_can_be_stopped(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.pem" for number in range(5)]
    for path in paths:
        path.write_bytes(WEB.pem)
    report = converting.convert_each(
        inspect_files(paths).sources,
        Target.PKCS8,
        Options(),
        tmp_path / "out",
        now=NOW,
        progress=lambda done, _total: done < 2,
    )
    assert report.stopped
    assert report.done == 2


# Secrets and properties


def test_no_secret_is_in_a_plan_or_its_commands() -> None:
    planned = plan(HEAP, Target.PKCS12, passphrase="a secret passphrase")
    secret = keys.pkcs8_der(WEB.key)
    shown = repr(planned) + planned.commands + repr(converting.render(planned))
    assert "a secret passphrase" not in shown
    assert repr(secret)[2:-1] not in shown


@pytest.mark.parametrize("target", Target)
def test_every_target_says_what_it_is_and_how_others_make_it(target: Target) -> None:
    assert target.label
    assert target.describes.endswith(".")
    assert plan(HEAP, target, passphrase=passphrase_for(target)).commands.strip()


_ALGORITHMS = ["p256", "p384", "p521", "rsa2048", "ed25519", "ml-dsa-44"]
_WHOLE = [Target.PEM, Target.PKCS12, Target.JKS, Target.JWK, Target.KUBERNETES, Target.HAPROXY]


@settings(max_examples=60, deadline=None)
@given(
    algorithm=st.sampled_from(_ALGORITHMS),
    path=st.lists(st.sampled_from(_WHOLE), min_size=1, max_size=4),
    passphrase=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=12),
    alias=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
    order=st.permutations(range(4)),
)
def test_whatever_the_way_the_content_stays(
    algorithm: str, path: list[Target], passphrase: str, alias: str, order: list[int]
) -> None:
    """From format to format, in any order, under any passphrase and name."""
    web = one(algorithm)
    parts = [write.to_pem([web.facts]), write.to_pem([INTERMEDIATE, TOP]), web.key_pem, b"\n"]
    items = items_of(*(parts[at] for at in order))
    for target in path:
        data = rendered(
            items,
            target,
            include_root=True,
            aliases=(alias,),
            passphrase=passphrase if target.needs_passphrase else None,
        )
        items = read_back(data, passphrase)
    assert set(certificates_in(items)) == {web.facts.fingerprint_sha256, CA_FP, ROOT_FP}
    assert keys_in(items) == {web.facts.spki_sha256}
    (key,) = (item for item in items if isinstance(item, PrivateKeyItem))
    assert key.pkcs8 == keys.pkcs8_der(web.key)


def heap_of_everything() -> tuple[Item, ...]:
    """Pairs, strangers, an authority with its key, requests, what is locked, and other things."""
    other = pair("api.example", "rsa2048")
    request = make(WEB.key, Subject("web.example").name()).public_bytes(Encoding.PEM)
    parts = [
        WEB.pem,
        other.pem,
        one("ml-dsa-44").pem,
        pair("lonely.example").key_pem,
        write.private_key_pem(ISSUING.key, None),
        write.private_key_pem(other.key, PASSPHRASE.encode()),
        write.public_key_to_pem(other.key.public_key()),
        request,
        write.to_pem([INTERMEDIATE, TOP, WEB.facts]),
    ]
    found = read(b"".join(parts)).items
    locked = OtherItem("PKCS#12 file", locked=True, container="pkcs12")
    return (*found, locked, OtherItem("OCSP response", kind="ocsp_response", der=b"0\0"))


EVERYTHING = heap_of_everything()


def test_two_keys_whose_public_half_nobody_can_tell_are_two() -> None:
    gost = key_structures.algorithm("1.2.643.7.1.1.1.1")
    forms = [key_structures.private_key_info(gost, bytes((each,)) * 32) for each in (1, 2)]
    blocks = [pem.encode("PRIVATE KEY", form) for form in forms]
    assert rendered(items_of(*blocks), Target.PKCS8) == b"".join(blocks)


def test_weak_keys_are_warned_of() -> None:
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that is the point
    warned = plan(items_of(write.private_key_pem(weak, None)), Target.PKCS8).warnings
    assert any("RSA 1024 is too weak" in each for each in warned)
    assert not any("weak" in each for each in plan(HEAP, Target.PEM).warnings)


@settings(max_examples=300, deadline=None)
@given(
    items=st.lists(st.sampled_from(EVERYTHING), max_size=8),
    target=st.sampled_from(Target),
    options=st.builds(
        Options,
        only=st.sampled_from([None, None, *Part]),
        aliases=st.lists(st.text(max_size=5), max_size=2).map(tuple),
        chain=st.booleans(),
        include_root=st.booleans(),
        passphrase=st.sampled_from([None, "", PASSPHRASE]),
    ),
)
def test_of_any_heap_there_is_a_plan_and_what_it_says_is_made(
    items: list[Item], target: Target, options: Options
) -> None:
    """Nothing raises, everything is spoken of once, and what is promised is in the files."""
    distinct = list({id(item): item for item in items}.values())
    planned = converting.plan(distinct, target, options, now=NOW)
    said = [each.item for each in planned.contents]
    said += [each.item for each in planned.left_out]
    assert sorted(map(id, said)) == sorted(map(id, distinct))
    assert planned.commands.replace("\n", "").isprintable()
    if planned.problems:
        return
    files = converting.render(planned)
    assert files
    kept = [content.item for content in planned.contents]
    if target not in (Target.PUBLIC, Target.SSH_PUBLIC, Target.DER):
        found = [item for file in files for item in read_back(file.data, PASSPHRASE)]
        assert set(certificates_in(found)) == set(certificates_in(kept))
        assert keys_in(found) == keys_in(kept)


def test_the_certificate_is_never_changed() -> None:
    certificate = x509.load_der_x509_certificate(rendered(HEAP, Target.DER))
    assert certificate.public_bytes(Encoding.DER) == WEB.facts.der
    assert ROOT.certificate.subject == ROOT.certificate.issuer
    assert plan(HEAP, Target.CA).contents[0].role is Role.TRUSTED
