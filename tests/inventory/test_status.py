"""The status rule: its order, its edges, and that SQL and Python agree."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtlsgui.inventory.inventory import Inventory
from mtlsgui.inventory.records import EPOCH, NewCertificate, Status, Warn, from_unix, status_of
from tests.inventory.making import NOW, authority, certificate, key

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("new", "status"),
    [
        (certificate(revoked_at=NOW, not_after=NOW - DAY), Status.REVOKED),
        (certificate(not_after=NOW - SECOND), Status.EXPIRED),
        (certificate(not_before=NOW + SECOND), Status.NOT_YET_VALID),
        (certificate(not_before=NOW, self_signed=True), Status.VALID),
        (certificate(not_after=NOW), Status.EXPIRES_SOON),
        (certificate(not_before=NOW - 69 * DAY, not_after=NOW + 21 * DAY), Status.EXPIRES_SOON),
        (certificate(not_after=NOW + 21 * DAY + SECOND), Status.ISSUER_MISSING),
        (
            certificate(not_before=NOW - 3 * DAY, not_after=NOW + 4 * DAY, self_signed=True),
            Status.VALID,  # more than a third of a week is left
        ),
        (certificate(not_before=NOW - 5 * DAY, not_after=NOW + 2 * DAY), Status.EXPIRES_SOON),
        (authority(not_before=NOW - 3000 * DAY, not_after=NOW + 180 * DAY), Status.EXPIRES_SOON),
        (authority(), Status.NO_KEY),
        (authority(self_signed=False), Status.ISSUER_MISSING),
    ],
)
def test_the_gravest_that_applies(new: NewCertificate, status: Status) -> None:
    assert status_of(new, NOW, Warn()) is status


seconds = st.integers(-200, 200)
facts = st.fixed_dictionaries(
    {
        "begin": seconds,
        "end": seconds,
        "is_ca": st.booleans(),
        "self_signed": st.booleans(),
        "revoked": st.booleans(),
        "has_issuer": st.booleans(),
        "has_key": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)
@given(
    several=st.lists(facts, min_size=1, max_size=20),
    unit=st.sampled_from([1, 3_600, 86_400, 100_000_000]),
    now=seconds,
    warn=st.builds(Warn, st.integers(0, 200), st.integers(0, 200)),
)
def test_sql_and_python_agree(
    several: list[dict[str, Any]], unit: int, now: int, warn: Warn
) -> None:
    moment = from_unix(now * unit)
    with (
        TemporaryDirectory() as folder,
        Inventory.open(Path(folder) / "i.sqlite", lambda: EPOCH) as inventory,
    ):
        root = inventory.certificates.add(authority())
        held = inventory.keys.add_held(key())
        made = [
            certificate(
                f"c{at}",
                not_before=from_unix(each["begin"] * unit),
                not_after=from_unix(each["end"] * unit),
                is_ca=each["is_ca"],
                self_signed=each["self_signed"],
                revoked_at=EPOCH if each["revoked"] else None,
                issuer_id=root if each["has_issuer"] else None,
                key_id=held if each["has_key"] else None,
            )
            for at, each in enumerate(several)
        ]
        ids = inventory.certificates.add_many(made)
        rows = inventory.certificates.get_many(ids, moment, warn)
        assert [row.status for row in rows] == [status_of(new, moment, warn) for new in made]
        assert [status_of(row, moment, warn) for row in rows] == [row.status for row in rows]


def test_warn_of_the_inventory_is_used_where_none_is_given(inventory: Inventory) -> None:
    made = inventory.certificates.add(
        certificate(self_signed=True, not_before=NOW - 90 * DAY, not_after=NOW + 30 * DAY)
    )
    assert inventory.certificates.get(made).status is Status.VALID
    inventory.warn = Warn(end_entity_days=40)
    assert inventory.certificates.get(made).status is Status.EXPIRES_SOON
