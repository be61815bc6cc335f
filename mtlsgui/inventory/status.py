"""The status rule in SQL. `records.status_of` is the same in Python; a property test holds both."""

from typing import Any

from peewee import Case

from mtlsgui.inventory.records import Status, Warn

ORDER: tuple[Status, ...] = tuple(Status)
_DAY = 86_400


def rank(status: Status) -> int:
    """The number that `status_case` gives for the status; the gravest is 0."""
    return ORDER.index(status)


def status_case(certificate: Any, moment: int, warn: Warn) -> Any:
    """A CASE expression over the table's columns. moment: unix seconds."""
    remaining = certificate.not_after - moment
    lifetime = certificate.not_after - certificate.not_before
    soon = Case(
        None, [(certificate.is_ca == 1, warn.authority_days * _DAY)], warn.end_entity_days * _DAY
    )
    return Case(
        None,
        [
            (certificate.revoked_at.is_null(False), rank(Status.REVOKED)),
            (certificate.not_after < moment, rank(Status.EXPIRED)),
            (certificate.not_before > moment, rank(Status.NOT_YET_VALID)),
            ((remaining <= soon) & (remaining * 3 <= lifetime), rank(Status.EXPIRES_SOON)),
            (
                certificate.issuer_id.is_null() & (certificate.self_signed == 0),
                rank(Status.ISSUER_MISSING),
            ),
            ((certificate.is_ca == 1) & certificate.key_id.is_null(), rank(Status.NO_KEY)),
        ],
        rank(Status.VALID),
    )
