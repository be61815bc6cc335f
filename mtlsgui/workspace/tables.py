"""Many certificates from a table: CSV with the columns name, san, profile, days, key."""

import csv
import io
from collections.abc import Sequence

from mtlsgui.errors import MtlsguiError
from mtlsgui.pki.keys import KeyAlgorithm
from mtlsgui.pki.profiles import Profile
from mtlsgui.workspace.drafts import CertificateDraft, blocking
from mtlsgui.workspace.issuers import Issuer
from mtlsgui.workspace.workspace import Workspace

COLUMNS = ("name", "san", "profile", "days", "key")
LONGEST = 100_000  # rows


class TableError(MtlsguiError):
    """A table that cannot be issued from; the detail names every line at fault."""


def read(ws: Workspace, text: str, issuer: Issuer, default: Profile) -> list[CertificateDraft]:
    """One draft a row, all checked.

    text: CSV with a header, separated by commas or semicolons. `name` becomes the common name;
        without `san`, it is the alternative name too where the profile wants one. Empty cells
        take what the profile says.
    default: the profile of rows that name none.
    Raises TableError.
    """
    rows = _rows(text)
    profiles = {profile.id: profile for profile in ws.profiles.all()}
    now = ws.clock()
    drafts, faults = [], []
    for line, row in rows:
        try:
            draft = _draft(row, profiles, default, issuer)
        except ValueError as error:
            faults.append(f"Line {line}: {error}")
            continue
        faults += [
            f"Line {line}: {problem.message}" for problem in blocking(draft.problems(now, issuer))
        ]
        drafts.append(draft)
    if faults:
        raise _fault(faults)
    return drafts


def _rows(text: str) -> list[tuple[int, dict[str, str]]]:
    """Every row with the number of its line in the file."""
    header = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter, strict=True)
    columns = [(column or "").strip().lower() for column in reader.fieldnames or ()]
    unknown = [column for column in columns if column not in COLUMNS]
    if "name" not in columns and "san" not in columns:
        raise _fault(["The first line must name the columns; “name” or “san” is missing."])
    if unknown:
        raise _fault([f"There is no column “{unknown[0]}”. There are: {', '.join(COLUMNS)}."])
    reader.fieldnames = columns
    rows = []
    try:
        for row in reader:
            if None in row:
                raise _fault([f"Line {reader.line_num}: there are more cells than columns."])
            cells = {key: (value or "").strip() for key, value in row.items()}
            if any(cells.values()):
                rows.append((reader.line_num, cells))
            if len(rows) > LONGEST:
                raise _fault([f"There are more than {LONGEST:,} rows. Split the table."])
    except csv.Error as error:
        raise _fault([f"Line {reader.line_num}: {error}."]) from None
    if not rows:
        raise _fault(["There is no row under the header."])
    return rows


def _draft(
    row: dict[str, str], profiles: dict[str, Profile], default: Profile, issuer: Issuer
) -> CertificateDraft:
    profile_id = row.get("profile", "")
    profile = profiles.get(profile_id) if profile_id else default
    if profile is None:
        raise ValueError(f"there is no profile “{profile_id}”.")
    name, san = row.get("name", ""), row.get("san", "")
    days, key = row.get("days", ""), row.get("key", "")
    if days and not days.isdecimal():
        raise ValueError(f"“{days}” is not a number of days.")
    try:
        algorithm = KeyAlgorithm(key.lower()) if key else None
    except ValueError:
        raise ValueError(f"there is no kind of key “{key}”.") from None
    return CertificateDraft(
        profile=profile,
        issuer_id=issuer.id,
        names_text=san or (name if profile.names_required else ""),
        common_name=name or None,
        days=int(days) if days else None,
        algorithm=algorithm,
    )


def _fault(faults: Sequence[str]) -> TableError:
    shown = list(faults[:10])
    if len(faults) > len(shown):
        shown.append(f"… and {len(faults) - len(shown)} more.")
    return TableError(
        "Nothing was issued: the table has faults.",
        "\n  ".join(shown),
        "Mend these lines and try again.",
    )
