"""What staff see of an import: a preview before it, and the problems of its rows as a file after it."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.local_list.importing import Source
from kiosk.clinic.local_list.records import LocalList, LocalProblem, Member
from kiosk.clinic.local_list.refused import ROW, _
from kiosk.clinic.local_list.rows import Problem

_SHOWN, _TRIED = 5, 200


@dataclass(frozen=True)
class Preview:
    """The first people as they would be read, and what is wrong among the first rows."""

    members: tuple[Member, ...]
    problems: tuple[tuple[int, Problem], ...]
    tried: int


def preview(source: Source) -> Preview:
    """Read the first rows and keep nothing; raises FileRefused."""
    rows = list(islice(source.read(), _TRIED))
    members = tuple(member for _number, member, _notes in rows if member)[:_SHOWN]
    return Preview(members, tuple((number, one) for number, _member, notes in rows for one in notes), len(rows))


def problems_file(session: Session, version: LocalList, translate: Callable[[str], str]) -> Iterator[str]:
    """The problems of a version as CSV lines: row, column, what is wrong; never what the row says."""
    yield "\ufeff"
    query = select(LocalProblem).where(LocalProblem.list_id == version.id).order_by(LocalProblem.row, LocalProblem.id)
    for one in session.scalars(query.execution_options(yield_per=500)):
        heading = version.mapping.get(one.field, one.field)
        kept = translate(_("the row was left out") if one.left_out else _("the row was kept"))
        yield _line(str(one.row), heading, translate(ROW[one.code]), kept)


def _line(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
