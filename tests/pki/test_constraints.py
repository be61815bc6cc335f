"""Name constraints: ours say what the judges say of real certificates."""

from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import assume, given
from hypothesis import strategies as st

from mtlsgui.pki import constraints, keys
from mtlsgui.pki.constraints import NameConstraints, Subtree, parse_subtree, parse_subtrees
from mtlsgui.pki.issuing import constraints_of
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import AlternativeName, NameKind, RejectedName
from mtlsgui.pki.profiles import BUILT_IN
from tests.pki.judges import (
    Authority,
    ca_contents,
    leaf_contents,
    named,
    openssl_verify,
    root,
    store_verify,
    webpki_verify,
    without_checks,
)

KEY = keys.generate(KeyAlgorithm.P256)
CLIENT = BUILT_IN["client"]


def chain(limits: NameConstraints, name: str) -> tuple[x509.Certificate, x509.Certificate]:
    """A certificate for `name`, whether that is allowed or not, and its constrained root."""
    authority = root(ca_contents(constraints=limits), KEY)
    leaf = without_checks(leaf_contents(CLIENT, name), KEY, authority)
    return leaf, authority.certificate


CASES = [
    ("example.com", "example.com"),
    ("example.com", "API.example.com"),
    ("example.com", "a.b.example.com"),
    ("example.com", "badexample.com"),
    ("example.com", "example.org"),
    ("example.com", "*.example.com"),
    ("api.example.com", "example.com"),
    ("10.0.0.0/8", "10.255.0.1"),
    ("10.0.0.0/8", "11.0.0.1"),
    ("10.0.0.0/8", "::ffff:10.0.0.1"),
    ("2001:db8::/32", "2001:db8::1"),
    ("2001:db8::/32", "2001:db9::1"),
    ("10.0.0.1", "10.0.0.1"),
    ("10.0.0.1", "10.0.0.2"),
    ("email:example.com", "a@example.com"),
    ("email:example.com", "a@Example.com"),
    ("email:example.com", "a@mail.example.com"),
    ("email:.example.com", "a@mail.example.com"),
    ("email:.example.com", "a@example.com"),
    ("someone@example.com", "someone@example.com"),
    ("someone@example.com", "Someone@example.com"),
    ("someone@example.com", "other@example.com"),
    ("uri:example.com", "https://example.com/x"),
    ("uri:example.com", "https://api.example.com/x"),
    ("uri:.example.com", "https://api.example.com:443/x"),
    ("uri:.example.com", "https://example.com/x"),
    ("uri:example.org", "spiffe://example.org/a"),
    ("uri:example.org", "urn:a:b"),
    ("example.com", "10.0.0.1"),
    ("example.com", "a@example.org"),
]


@pytest.mark.parametrize("excluding", [False, True], ids=["permitted", "excluded"])
@pytest.mark.parametrize(("base", "name"), CASES)
def test_openssl_agrees(base: str, name: str, excluding: bool, tmp_path: Path) -> None:
    subtree = parse_subtree(base)
    assert isinstance(subtree, Subtree)
    limits = NameConstraints(() if excluding else (subtree,), (subtree,) if excluding else ())
    leaf, anchor = chain(limits, name)
    refusal = limits.refusal(named(name)[0])

    said = openssl_verify(tmp_path, leaf, anchor)

    assert bool(said) is bool(refusal), f"{refusal!r} {said}"
    assert bool(store_verify(leaf, anchor)) is bool(refusal)


labels = st.sampled_from(["a", "b", "example", "com"])
domains = st.lists(labels, min_size=1, max_size=3).map(".".join)
maybe_dotted = st.tuples(st.sampled_from(["", "."]), domains).map("".join)
subtrees = st.one_of(
    st.builds(Subtree, st.just(NameKind.DNS), maybe_dotted),
    st.builds(Subtree, st.sampled_from([NameKind.EMAIL, NameKind.URI]), maybe_dotted),
    st.builds(Subtree, st.just(NameKind.EMAIL), domains.map("a@{}".format)),
    st.builds(
        lambda octet, size: parse_subtree(f"10.{octet}.0.0/{size}"),
        st.sampled_from([0, 128, 192]),
        st.integers(0, 16),
    ),
)
typed_names = st.one_of(
    domains,
    domains.map("*.{}".format),
    st.tuples(st.sampled_from("ab"), domains).map("@".join),
    domains.map("https://{}/x".format),
    st.integers(0, 255).map("10.{}.0.1".format),
)


@given(st.lists(subtrees, max_size=2), st.lists(subtrees, max_size=2), typed_names)
def test_what_we_allow_openssl_accepts_and_the_other_way_round(
    permitted: list[Subtree], excluded: list[Subtree], typed: str
) -> None:
    limits = NameConstraints(tuple(permitted), tuple(excluded))
    leaf, anchor = chain(limits, typed)
    (name,) = named(typed)

    accepted = store_verify(leaf, anchor) == ""

    if limits.refusal(name) == "":
        assert accepted
    elif accepted:
        # RFC 5280 is silent on wildcards that reach into an excluded domain; Go refuses them.
        assert name.value.startswith("*.")
        assert any(part.touches(name) for part in excluded if part.kind is NameKind.DNS)


@given(st.lists(domains, max_size=2), st.lists(domains, max_size=2), domains)
def test_the_other_verifier_agrees_on_host_names(
    permitted: list[str], excluded: list[str], host: str
) -> None:
    assume("." in host)
    limits = NameConstraints(
        tuple(Subtree(NameKind.DNS, base) for base in permitted),
        tuple(Subtree(NameKind.DNS, base) for base in excluded),
    )
    leaf, anchor = chain(limits, host)

    assert (webpki_verify(leaf, anchor) == "") is (limits.refusal(named(host)[0]) == "")


def test_a_wildcard_that_reaches_into_an_excluded_domain_is_refused() -> None:
    limits = NameConstraints(excluded=(Subtree(NameKind.DNS, "secret.example.com"),))

    assert limits.refusal(named("*.example.com")[0])
    assert limits.refusal(named("*.a.example.com")[0]) == ""
    assert limits.refusal(named("example.com")[0]) == ""


def test_a_uri_with_an_address_is_refused_by_any_constraint_on_uris() -> None:
    limits = NameConstraints(excluded=(Subtree(NameKind.URI, "example.com"),))

    assert "host name" in limits.refusal(named("https://10.0.0.1/")[0])
    assert limits.refusal(named("https://example.org/")[0]) == ""


def test_the_refusal_says_where_the_limits_are() -> None:
    limits = NameConstraints(
        (Subtree(NameKind.DNS, "a.example"), Subtree(NameKind.DNS, "b.example")),
        (Subtree(NameKind.DNS, "x.a.example"),),
    )

    assert "a.example, b.example" in limits.refusal(named("c.example")[0])
    assert "x.a.example" in limits.refusal(named("y.x.a.example")[0])


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("example.com", "dns:example.com"),
        (".example.com", "dns:example.com"),
        ("*.example.com", "dns:example.com"),
        ("dns:*.bücher.de", "dns:xn--bcher-kva.de"),
        ("10.1.2.3/8", "ip:10.0.0.0/8"),
        ("ip:10.1.2.3", "ip:10.1.2.3/32"),
        ("fd00::/8", "ip:fd00::/8"),
        ("email:example.com", "email:example.com"),
        ("email:@example.com", "email:example.com"),
        ("email:*.example.com", "email:.example.com"),
        ("a@example.com", "email:a@example.com"),
        ("@example.com", "email:example.com"),
        ("uri:example.com", "uri:example.com"),
        ("uri:.example.com", "uri:.example.com"),
    ],
)
def test_a_part_of_a_name_space_is_recognised(typed: str, text: str) -> None:
    subtree = parse_subtree(typed)

    assert isinstance(subtree, Subtree)
    assert subtree.text == text


@pytest.mark.parametrize("typed", ["ip:10.0.0.0/40", "ip:x", "a:x", "..", "email:@@"])
def test_what_is_no_part_of_a_name_space_is_refused(typed: str) -> None:
    subtree = parse_subtree(typed)

    assert isinstance(subtree, RejectedName)
    assert subtree.typed == typed
    assert subtree.reason


def test_constraints_are_read_back_from_the_certificate() -> None:
    parts = tuple(
        part
        for part in parse_subtrees("example.com, 10.0.0.0/8; email:.example.com uri:example.com")
        if isinstance(part, Subtree)
    )
    limits = NameConstraints(parts, parts[:1])
    authority = root(ca_contents(constraints=limits))

    assert constraints_of(authority.certificate) == limits
    extension = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert extension.critical
    assert not NameConstraints()


def test_constraints_of_foreign_authorities_are_understood() -> None:
    name = x509.DirectoryName(ca_contents().subject)
    found = constraints.from_extension(
        x509.NameConstraints([x509.DNSName(""), x509.RFC822Name("@example.com"), name], None)
    )
    mail, host = named("a@example.com anything.example")

    assert found.refusal(mail) == found.refusal(host) == ""
    assert len(found.permitted) == 2


def test_everything_is_excluded_by_an_empty_base() -> None:
    for kind, typed in ((NameKind.EMAIL, "a@b.example"), (NameKind.URI, "https://b.example/")):
        limits = NameConstraints(excluded=(Subtree(kind, ""),))
        assert limits.refusal(named(typed)[0])


def test_the_issuer_itself_holds_to_its_constraints() -> None:
    limits = NameConstraints((Subtree(NameKind.DNS, "example.com"),))
    authority: Authority = root(ca_contents(constraints=limits))
    name: AlternativeName = named("api.example.com")[0]

    leaf = authority.issue(leaf_contents(CLIENT, name.value), KEY)

    assert webpki_verify(leaf, authority.certificate) == ""
