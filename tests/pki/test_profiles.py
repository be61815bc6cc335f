"""Profiles: what they allow, their TOML form, and that judges accept what is made from them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki import keys, profiles
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import NameKind, Subject
from mtlsgui.pki.profiles import BUILT_IN, Profile, ProfileError
from mtlsgui.pki.usages import KEY_USAGES
from tests.pki.judges import (
    intermediate,
    leaf_contents,
    named,
    openssl_verify,
    root,
    store_verify,
    webpki_verify,
)

NAMES = {
    "server": "api.example 10.0.12.7",
    "client": "reporting.example someone@example.com",
    "peer": "db.example",
    "spiffe": "spiffe://example.org/ns/prod/sa/api api.example",
}


@pytest.mark.parametrize("profile_id", BUILT_IN)
@pytest.mark.parametrize(
    "algorithm", [KeyAlgorithm.P256, KeyAlgorithm.RSA2048, KeyAlgorithm.ED25519]
)
def test_strict_judges_accept_what_a_built_in_profile_makes(
    profile_id: str, algorithm: KeyAlgorithm, tmp_path: Path
) -> None:
    profile = BUILT_IN[profile_id]
    top = root()
    issuing_ca = intermediate(top)
    contents = leaf_contents(profile, NAMES[profile_id])
    leaf = issuing_ca.issue(contents, keys.generate(algorithm))
    chain = (leaf, top.certificate, [issuing_ca.certificate])

    assert store_verify(*chain) == ""
    if "serverAuth" in profile.extended_key_usage:
        for name in contents.names:
            if name.kind in (NameKind.DNS, NameKind.IP):
                assert webpki_verify(*chain, server=name.general_name()) == ""
        options = ["-x509_strict", "-purpose", "sslserver"]
        assert openssl_verify(tmp_path, *chain, options) == ""
    if "clientAuth" in profile.extended_key_usage:
        assert webpki_verify(*chain) == ""
        options = ["-x509_strict", "-purpose", "sslclient"]
        assert openssl_verify(tmp_path, *chain, options) == ""


def test_a_client_certificate_is_refused_as_a_server(tmp_path: Path) -> None:
    top = root()
    leaf = top.issue(
        leaf_contents(BUILT_IN["client"], "a.example"), keys.generate(KeyAlgorithm.P256)
    )

    assert "purpose" in openssl_verify(
        tmp_path, leaf, top.certificate, (), ["-purpose", "sslserver"]
    )


@pytest.mark.parametrize("profile", BUILT_IN.values(), ids=list(BUILT_IN))
def test_built_in_profiles_are_read_back_from_toml(profile: Profile) -> None:
    profiles.check(profile)
    read = profiles.from_toml(profiles.to_toml(profile))

    assert read == profile
    assert profile.built_in
    assert not read.built_in


texts = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=20)
usable = st.builds(
    Profile,
    id=st.from_regex(r"[a-z0-9][a-z0-9-]{0,63}", fullmatch=True),
    name=texts.filter(str.strip),
    description=st.text(st.characters(exclude_categories=["Cs"]), max_size=50),
    days=st.integers(1, profiles.LONGEST_DAYS),
    key=st.sampled_from(KeyAlgorithm),
    key_usage=st.lists(st.sampled_from(KEY_USAGES[:5]), unique=True).map(tuple),
    extended_key_usage=st.lists(
        st.sampled_from(["serverAuth", "clientAuth", "1.2.3.4.5"]), unique=True
    ).map(tuple),
    name_kinds=st.lists(st.sampled_from(NameKind), unique=True, min_size=1).map(tuple),
    uri_schemes=st.lists(st.sampled_from(["spiffe", "urn"]), unique=True).map(tuple),
    domains=st.lists(st.sampled_from([".example.com", "bücher.de", "*.x.org"])).map(tuple),
    names_required=st.booleans(),
    subject=st.builds(Subject, organization=texts, country=st.sampled_from(["", "DE"])),
)


@given(usable)
def test_any_usable_profile_is_read_back_from_toml(profile: Profile) -> None:
    assert profiles.from_toml(profiles.to_toml(profile)) == profile


@pytest.mark.parametrize(
    ("toml", "fault"),
    [
        ("name = ", "Invalid"),
        ("days = 3", "no name"),
        ("name = 'x'\ndayz = 3", "dayz"),
        ("name = 'x'\ndays = true", "days"),
        ("name = 'x'\ndays = 0", "between 1 and"),
        ("name = 'x'\ndays = 1000000", "between 1 and"),
        ("name = 'x'\nkey = 'rsa1'", "rsa1"),
        ("name = 'x'\nid = '../x'", "id"),
        ("name = 'x'\nname_kinds = ['dn']", "dn"),
        ("name = 'x'\nname_kinds = []", "allows none"),
        ("name = 'x'\nkey_usage = ['sign']", "sign"),
        ("name = 'x'\nkey_usage = ['keyCertSign']", "for authorities"),
        ("name = 'x'\nkey_usage = ['decipherOnly']", "keyAgreement"),
        ("name = 'x'\nkey_usage = 'keyCertSign'", "right type"),
        ("name = 'x'\nextended_key_usage = ['webServer']", "webServer"),
        ("name = 'x'\nextended_key_usage = [3]", "list of texts"),
        ("name = 'x'\nuri_schemes = ['Spiffe://']", "Spiffe://"),
        ("name = 'x'\ndomains = ['a b']", "not a domain"),
        ("name = 'x'\n[subject]\ncountry = 'Germany'", "two letters"),
        ("name = 'x'\n[subject]\nserial = '1'", "not a part of a name"),
    ],
)
def test_a_faulty_profile_is_refused_with_what_is_wrong(toml: str, fault: str) -> None:
    with pytest.raises(ProfileError) as caught:
        profiles.from_toml(toml)

    assert fault.lower() in caught.value.detail.lower()
    assert caught.value.remedy


def test_a_name_of_another_kind_is_refused() -> None:
    (name,) = named("someone@example.com")

    assert "DNS, IP, URI." in BUILT_IN["server"].refusal(name)
    assert BUILT_IN["client"].refusal(name) == ""


@pytest.mark.parametrize(
    ("text", "granted"),
    [
        ("example.com", True),
        ("api.Example.com", True),
        ("*.example.com", True),
        ("someone@mail.example.com", True),
        ("api.bücher.example", True),
        ("notexample.com", False),
        ("example.com.evil.org", False),
        ("*.com", False),
        ("someone@example.org", False),
        ("10.0.0.1", True),  # addresses lie in no domain
    ],
)
def test_names_outside_the_profiles_domains_are_refused(text: str, granted: bool) -> None:
    profile = Profile("own", "Own", domains=("Example.com", ".bücher.example"))
    (name,) = named(text)

    assert (profile.refusal(name) == "") is granted


def test_a_copy_of_the_workload_profile_keeps_its_rule() -> None:
    copy = profiles.copy_of(BUILT_IN["spiffe"], "Mesh workloads")
    web, workload, host = named("https://a.example/ spiffe://example.org/a a.example")

    assert copy.for_workloads
    assert not copy.built_in
    assert "spiffe:" in copy.refusal(web)
    assert copy.refusal(workload) == copy.refusal(host) == ""
    assert not BUILT_IN["server"].for_workloads


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("My Servers!", "my-servers"),
        ("é", "profile"),
        ("x" * 80, "x" * 64),
        ("a" * 63 + " b", "a" * 63),
    ],
)
def test_a_profiles_id_is_made_from_its_name(name: str, slug: str) -> None:
    assert profiles.slug(name) == slug
    profiles.check(replace(BUILT_IN["server"], id=slug))
