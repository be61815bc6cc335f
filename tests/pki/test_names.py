"""Names: what is typed is recognised, or refused with its reason."""

import ipaddress

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from mtlsgui.pki.names import (
    AlternativeName,
    NameKind,
    RejectedName,
    Subject,
    accepted,
    from_general_name,
    parse_name,
    parse_names,
    rejected,
)

labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
hosts = st.tuples(st.lists(labels, max_size=4), st.from_regex(r"[a-z]{2,10}", fullmatch=True)).map(
    lambda parts: ".".join([*parts[0], parts[1]])
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("api.example", "dns:api.example"),
        ("API.Example.", "dns:api.example"),
        ("localhost", "dns:localhost"),
        ("*.example.com", "dns:*.example.com"),
        ("bücher.internal", "dns:xn--bcher-kva.internal"),
        ("faß.de", "dns:xn--fa-hia.de"),
        ("例え。テスト。", "dns:xn--r8jz45g.xn--zckzah"),
        ("10.0.12.7", "ip:10.0.12.7"),
        ("2001:DB8:0::1", "ip:2001:db8::1"),
        ("[::1]", "ip:::1"),
        ("someone@Example.COM", "email:someone@example.com"),
        ("jörg@example.com", None),
        ("o.o@bücher.example", "email:o.o@xn--bcher-kva.example"),
        ("https://example.com/a?b=c", "uri:https://example.com/a?b=c"),
        ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
         "uri:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        ("spiffe://example.org/ns/prod/sa/api", "uri:spiffe://example.org/ns/prod/sa/api"),
        ("SPIFFE://example.org/a", "uri:spiffe://example.org/a"),
        ("dns:someone.example", "dns:someone.example"),
        ("DNS:Api", "dns:api"),
        ("uri:mailto:a@b.example", "uri:mailto:a@b.example"),
        ("ip:::1", "ip:::1"),
    ],
)  # fmt: skip
def test_a_name_is_recognised_by_its_look(typed: str, text: str | None) -> None:
    name = parse_name(typed)

    assert (name.text if isinstance(name, AlternativeName) else None) == text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("api.example:8443", "no port"),
        ("10.0.0.1:443", "no port"),
        ("[::1]:443", "no port"),
        ("[::1", "bracket"),
        ("10.0.0.0/8", "network"),
        ("fe80::1%eth0", "zone"),
        ("999.1.1.1", "not a valid one"),
        ("1.2.3", "not a valid one"),
        ("dns:1.2.3.4", "not a number"),
        ("①.2.3.4", "not a number"),
        ("api.*.example", "whole first label"),
        ("a*.example", "whole first label"),
        ("-a.example", "no hyphen at an end"),
        ("a..example", "empty part"),
        ("a" * 64 + ".example", "63 characters"),
        (".".join(["a" * 60] * 5), "253 characters"),
        ("example.com/path", "neither a host name"),
        ("dns:", "nothing after the prefix"),
        (".a@example.com", "mailbox"),
        ("a@@example.com", "mailbox"),
        ("a@b_.-c", "after the @"),
        ("https://", "nothing after the scheme"),
        ("https:///path", "host name is missing"),
        ("https://example.com/<x>", "no such characters"),
        ("https://example.com/%zz", "no such characters"),
        ("https://example.com:99999/", "not a valid URI"),
        ("https://bücher.example/", "ASCII"),
        ("uri:no-scheme", "begins with a scheme"),
        ("spiffe://Example.org/a", "lower-case"),
        ("spiffe://example.org/", "SPIFFE path"),
        ("spiffe://example.org/a/../b", "SPIFFE path"),
        ("spiffe://example.org:80/a", "lower-case"),
        ("spiffe://" + "a" * 256 + "/x", "255"),
        ("spiffe://a/" + "x" * 2048, "2,048"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(typed: str, reason: str) -> None:
    name = parse_name(typed)

    assert isinstance(name, RejectedName)
    assert reason in name.reason
    assert name.typed == typed  # it can be shown, and mended, as it was written


def test_names_are_separated_by_commas_semicolons_spaces_and_lines() -> None:
    parsed = parse_names(" a.example,b.example;10.0.0.1\n\tA.example  bad_:1x ")

    assert [name.text for name in accepted(parsed)] == [
        "dns:a.example",
        "dns:b.example",
        "ip:10.0.0.1",
    ]
    assert [name.typed for name in rejected(parsed)] == ["bad_:1x"]


def test_nothing_typed_is_no_name() -> None:
    assert parse_names(" ,; \n") == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("api.example", "DNS api.example"),
        ("API.example", "DNS api.example"),
        ("bücher.example", "DNS bücher.example → xn--bcher-kva.example"),
        ("2001:db8:0:0::1", "IP 2001:db8:0:0::1 → 2001:db8::1"),
    ],
)
def test_a_chip_shows_what_became_of_a_name(typed: str, shown: str) -> None:
    name = parse_name(typed)

    assert isinstance(name, AlternativeName)
    assert name.shown == shown


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("*.example.com", "one label only"),
        ("*.internal", "top-level"),
        ("a_b.example", "underscore"),
        ("https://api.example/", "they want api.example"),
    ],
)
def test_a_name_that_surprises_carries_a_note(typed: str, note: str) -> None:
    name = parse_name(typed)

    assert isinstance(name, AlternativeName)
    assert note in name.note


@given(hosts)
def test_host_names_stand_in_the_certificate_as_typed(host: str) -> None:
    assert parse_name(host) == AlternativeName(NameKind.DNS, host)


@given(st.ip_addresses())
def test_addresses_stand_in_the_certificate_as_typed(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    for typed in (address.compressed, address.exploded):
        name = parse_name(typed)
        assert isinstance(name, AlternativeName)
        assert name.general_name() == x509.IPAddress(address)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_name_or_a_reason(text: str) -> None:
    for name in parse_names(text):
        if isinstance(name, RejectedName):
            assert name.reason.endswith(".")
        else:
            general = name.general_name()
            x509.SubjectAlternativeName([general]).public_bytes()  # it can be encoded
            assert from_general_name(general) == name


@given(st.text(max_size=60))
def test_a_name_read_back_as_text_is_the_same_name(text: str) -> None:
    for name in accepted(parse_names(text)):
        assert parse_name(name.text) == name


def test_names_of_other_kinds_are_not_taken_for_ours() -> None:
    other = x509.DirectoryName(Subject(common_name="x").name())

    assert from_general_name(other) is None
    assert from_general_name(x509.IPAddress(ipaddress.ip_network("10.0.0.0/8"))) is None


def test_a_subject_is_written_from_the_general_to_the_particular() -> None:
    subject = Subject("api", "Org", "Unit", "City", "State", "de")

    assert subject.rfc4514() == "CN=api,OU=Unit,O=Org,L=City,ST=State,C=DE"
    assert subject.problems() == ()
    assert subject.name().rdns[0].rfc4514_string() == "C=DE"


def test_empty_parts_are_left_out_of_a_subject() -> None:
    assert Subject(organization="Org").rfc4514() == "O=Org"
    assert list(Subject().name()) == []


@pytest.mark.parametrize(
    "subject",
    [
        Subject(common_name="x" * 65),
        Subject(common_name="ü" * 33),
        Subject(organization="x" * 65),
        Subject(locality="x" * 129),
        Subject(common_name="a\nb"),
        Subject(organization="\ud800"),
        Subject(common_name="\ud800"),
        Subject(country="GERMANY"),
        Subject(country="d1"),
    ],
)
def test_what_a_subject_cannot_hold_is_said_beforehand(subject: Subject) -> None:
    assert len(subject.problems()) == 1


@given(
    st.builds(
        Subject,
        *[st.text(max_size=70) for _ in range(5)],
        st.text(max_size=3),
    )
)
def test_a_subject_without_problems_can_be_encoded(subject: Subject) -> None:
    if not subject.problems():
        name = subject.name()
        assert x509.Name(name.rdns).public_bytes()
