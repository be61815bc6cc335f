"""The status rule in SQL. `records.status_of` is the same in Python; a property test holds both."""

from typing import Any

from peewee import Case

from mtlsgui.inventory.prepared import Parameter
from mtlsgui.inventory.records import Status, Warn

ORDER: tuple[Status, ...] = tuple(Status)
_DAY = 86_400


def rank(status: Status) -> int:
    """The number that `status_case` gives for the status; the gravest is 0."""
    return ORDER.index(status)


def status_case(certificate: Any, moment: int, warn: Warn) -> Any:
    """A CASE expression over the table's columns. moment: unix seconds."""
    return _case(certificate, **status_values(moment, warn))


def prepared_status_case(certificate: Any) -> Any:
    """The same for a `Prepared` query, which is given `status_values` each time."""
    return _case(
        certificate, Parameter("moment"), Parameter("authority_soon"), Parameter("end_entity_soon")
    )


def status_values(moment: int, warn: Warn) -> dict[str, int]:
    """What a status depends on besides the certificate: unix seconds, and twice seconds."""
    return {
        "moment": moment,
        "authority_soon": warn.authority_days * _DAY,
        "end_entity_soon": warn.end_entity_days * _DAY,
    }


def _case(
    certificate: Any,
    moment: int | Parameter,
    authority_soon: int | Parameter,
    end_entity_soon: int | Parameter,
) -> Any:
    remaining = certificate.not_after - moment
    lifetime = certificate.not_after - certificate.not_before
    soon = Case(None, [(certificate.is_ca == 1, authority_soon)], end_entity_soon)
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
