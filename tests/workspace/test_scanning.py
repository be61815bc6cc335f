"""Lists of servers, and what is made of a scan's results."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.names import Subject
from mtlsgui.pki.profiles import BUILT_IN
from mtlsgui.tls.question import Protocol, StartTls
from mtlsgui.tls.result import Outcome
from mtlsgui.tls.scanning.messages import ScanRow
from mtlsgui.workspace import authorities, issuing
from mtlsgui.workspace.connections.scan_reports import csv_of, document_of_row, json_of, junit_of
from mtlsgui.workspace.drafts import AuthorityDraft, CertificateDraft
from mtlsgui.workspace.scanning import from_inventory, read_targets
from mtlsgui.workspace.workspace import Workspace
from tests.tls.papers import NOW

GOOD = ScanRow("a.test:443", "a.test", Outcome.ACCEPTED, "The connection works.", ms=12.5)
BAD = ScanRow(
    "b.test:443", "b.test", Outcome.REFUSED_BY_CLIENT, "It <expired> & more\x00.",
    ("certificate_expired", "hostname_mismatch"), NOW, "=HYPERLINK(1)", requires=False,
)  # fmt: skip
BROKEN = ScanRow("c.test:443", "c.test", None, "It broke down.", ("test_failed",))


def shown(text: str) -> list[str]:
    return [str(each.target) for each in read_targets(text).targets]


def test_one_a_line_with_comments_and_empty_lines() -> None:
    text = "# ours\na.test\n\n  b.test:8443  \nhttps://c.test/x\n[::1]:9\n::1\n"
    assert shown(text) == ["a.test:443", "b.test:8443", "c.test:443", "[::1]:9", "[::1]:443"]
    assert [each.path for each in read_targets(text).targets][2] == "/x"


def test_the_same_server_twice_is_tested_once() -> None:
    found = read_targets("a.test\nA.test:443\nhttps://a.test\nhttps://a.test/other\n")
    assert [(str(each.target), each.path) for each in found.targets] == [
        ("a.test:443", "/"),
        ("a.test:443", "/other"),
    ]
    assert found.folded == 2


def test_a_table_with_named_columns() -> None:
    found = read_targets(
        "\ufeffHost;Port;ServerName;StartTLS;Owner\n"
        "10.0.0.1;8443;a.test;;me\nmail.test;587;;smtp;you\n::1;;;;\n;;;;\n"
    )
    first, second, third = found.targets
    assert (str(first.target), first.target.server_name) == ("10.0.0.1:8443", "a.test")
    assert (second.starttls, second.protocol) == (StartTls.SMTP, Protocol.SMTP)
    assert str(third.target) == "[::1]:443"
    assert not found.faults


def test_faults_are_told_by_line() -> None:
    found = read_targets("a.test\nb.test:70000\ngopher://c.test\n")
    assert len(found.targets) == 1
    assert [each.partition(":")[0] for each in found.faults] == ["Line 2", "Line 3"]
    (fault,) = read_targets("host,starttls\na.test,telnet\n").faults
    assert fault.startswith("Line 2: “telnet” is not among smtp, ")


def test_what_is_given_for_all_fills_the_gaps() -> None:
    found = read_targets(
        "host,servername\na.test,x.test\nb.test,\n", server_name="z.test", starttls=StartTls.SMTP
    )
    assert [each.target.server_name for each in found.targets] == ["x.test", "z.test"]
    assert {each.target.port for each in found.targets} == {25}


def test_the_inventory_names_its_servers(ws: Workspace) -> None:
    root = authorities.create(ws, AuthorityDraft(Subject(common_name="Root"), KeyAlgorithm.P256))

    def issue(profile: str, names: str) -> None:
        issuing.issue(ws, CertificateDraft(BUILT_IN[profile], root.id, names))

    issue("server", "a.test *.a.test 10.0.0.7")
    issue("server", "a.test ::7")
    issue("client", "client.test")
    found = from_inventory(ws, 8443)
    assert {str(each.target) for each in found.targets} == {
        "a.test:8443",
        "10.0.0.7:8443",
        "[::7]:8443",
    }
    assert found.left_out == ("“*.a.test” stands for many names, and is none itself.",)
    assert not found.faults


def test_a_table_for_spreadsheets_has_no_formulas() -> None:
    good, bad, broken = csv.DictReader(io.StringIO(csv_of([GOOD, BAD, BROKEN])))
    assert (good["outcome"], good["ms"], good["requires_client_certificate"]) == (
        "accepted", "12.5", "",
    )  # fmt: skip
    assert bad["issuer"] == "'=HYPERLINK(1)"
    assert bad["problems"] == "certificate_expired hostname_mismatch"
    assert bad["requires_client_certificate"] == "no"
    assert broken["outcome"] == "not_tested"


def test_ci_gets_one_case_a_target() -> None:
    suite = ET.fromstring(junit_of([GOOD, BAD, BROKEN], NOW))  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    good, bad, broken = suite
    assert (good.get("name"), good.get("time"), len(good)) == ("a.test:443", "0.013", 0)
    failure = bad.find("failure")
    assert failure is not None
    assert failure.get("type") == "refused_by_client"
    assert failure.get("message") == "It <expired> & more?."
    assert "hostname_mismatch" in (failure.text or "")
    assert broken.find("error") is not None


def test_rows_as_json_say_what_was_not_tested() -> None:
    good, bad, broken = json.loads(json_of([GOOD, BAD, BROKEN]))
    assert (good["outcome"], good["ms"], good["tls"]) == ("accepted", 12.5, None)
    assert bad["problems"] == ["certificate_expired", "hostname_mismatch"]
    assert (broken["outcome"], broken["sentence"]) == (None, "It broke down.")


def test_a_test_that_broke_down_has_a_document_of_its_own() -> None:
    found = document_of_row(BROKEN, NOW)
    assert (found["target"], found["outcome"]) == ("c.test:443", "unreachable")
    (problem,) = found["problems"]
    assert (problem["code"], problem["side"]) == ("test_failed", "network")
    assert problem["explanation"] == found["sentence"] == "It broke down."
    assert (found["tls"], found["steps"], found["server_chain"]) == (None, [], [])
