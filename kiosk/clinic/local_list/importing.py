"""From a file to a version of the list: loaded in small batches, made current by one statement."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from kiosk.clinic.local_list.columns import guess, places
from kiosk.clinic.local_list.records import (
    FAILED,
    LOADING,
    READY,
    LocalList,
    LocalPerson,
    LocalProblem,
    Member,
    find_current,
    sealed_row,
)
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.clinic.local_list.rows import Problem, read_row
from kiosk.clinic.local_list.table_file import TableFile, open_table
from kiosk.clinic.schedule import District
from kiosk.database import transaction
from kiosk.sealing import Keys

BATCH, MOST_PROBLEMS, SWEPT_AT_ONCE = 500, 10_000, 2_000
STOPPED_AFTER = timedelta(minutes=10)
MANY_LEFT_OUT, FAR_SHORTER = "many_left_out", "far_shorter"


@dataclass(frozen=True)
class Source:
    """A table with its columns named, and the districts that the clinic has."""

    table: TableFile
    places: Mapping[str, int]
    districts: Mapping[str, str]

    def read(self) -> Iterator[tuple[int, Member | None, list[Problem]]]:
        """Number in the file, person and problems of each row; raises FileRefused where the file breaks off."""
        for number, row in self.table.rows():
            yield number, *read_row(self.places, row, self.districts)


def districts_of(session: Session, organisation_id: int) -> dict[str, str]:
    """The clinic's districts, each under its number without leading zeros."""
    numbers = session.scalars(select(District.number).where(District.organisation_id == organisation_id))
    return {number.lstrip("0") or number: number for number in numbers}


def last_mapping(session: Session, organisation_id: int) -> dict[str, str]:
    """How the columns were named in the clinic's last import."""
    query = select(LocalList.mapping).where(LocalList.organisation_id == organisation_id, LocalList.status == READY)
    return session.scalar(query.order_by(LocalList.id.desc()).limit(1)) or {}


def versions(session: Session, organisation_id: int, most: int = 10) -> list[LocalList]:
    """The clinic's last imports, newest first."""
    query = select(LocalList).where(LocalList.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(LocalList.id.desc()).limit(most)))


def begin(
    session: Session, organisation_id: int, as_of: date, by: str, mapping: Mapping[str, str], now: datetime
) -> LocalList:
    """A new version that nothing reads yet."""
    version = LocalList(
        organisation_id=organisation_id,
        as_of=as_of,
        imported_at=now,
        progress_at=now,
        imported_by=by,
        status=LOADING,
        mapping=dict(mapping),
    )
    session.add(version)
    session.flush()
    return version


def run(keys: Keys, path: Path, list_id: int, by_itself: bool, now: Callable[[], datetime]) -> str | None:
    """Import a file into a version that was begun; made current unless a person must look first: then why.

    `by_itself` is False where somebody has looked already. Raises FileRefused, and the version has failed.
    """
    try:
        source = _source(path, list_id)
    except FileRefused as refused:
        _note(list_id, status=FAILED, failure=refused.code)
        raise
    load(keys, list_id, source, now)
    with transaction() as work:
        version = work.get_one(LocalList, list_id)
        place = version.organisation_id
        why = why_not_at_once(version, find_current(work, place)) if by_itself else None
        if why is None:
            make_current(work, list_id, now())
    sweep(place, now())
    return why


def _source(path: Path, list_id: int) -> Source:
    table = open_table(path)
    with transaction() as work:
        version = work.get_one(LocalList, list_id)
        version.mapping = version.mapping or guess(table.header, last_mapping(work, version.organisation_id))
        return Source(table, places(table.header, version.mapping), districts_of(work, version.organisation_id))


def load(keys: Keys, list_id: int, source: Source, now: Callable[[], datetime], batch: int = BATCH) -> None:
    """Load every row in batches, each its own short transaction, so that bookings wait for none of it.

    Raises FileRefused where the file breaks off; then the version has failed and keeps no person.
    """
    _note(list_id, rows_total=source.table.total)
    try:
        counts = _load_all(keys, list_id, source, now, batch)
    except BaseException as error:
        _note(list_id, status=FAILED, failure=error.code if isinstance(error, FileRefused) else "stopped")
        _forget_people(list_id)
        raise
    if counts["rows_kept"] == 0:
        _note(list_id, status=FAILED, failure="empty")
        raise FileRefused("empty")
    _note(list_id, status=READY, rows_total=counts["rows_read"])


def why_not_at_once(version: LocalList, current: LocalList | None) -> str | None:
    """Why a person must look before this version is made current: many rows left out, or far fewer people than now."""
    if version.rows_left_out * 20 > version.rows_read:
        return MANY_LEFT_OUT
    if current is not None and version.rows_kept * 2 < current.rows_kept:
        return FAR_SHORTER
    return None


def make_current(session: Session, list_id: int, now: datetime) -> bool:
    """Let this version hold from now on, by one statement; False when it is not ready."""
    made = session.execute(
        update(LocalList).where(LocalList.id == list_id, LocalList.status == READY).values(made_current_at=now)
    )
    return bool(made.rowcount)  # type: ignore[attr-defined]


def sweep(organisation_id: int, now: datetime) -> None:
    """Forget the people of every version but the current and the one before; give up imports that have died."""
    with transaction() as work:
        _give_up_dead(work, organisation_id, now)
        made = LocalList.made_current_at
        own = select(LocalList.id).where(LocalList.organisation_id == organisation_id, LocalList.status != LOADING)
        kept = work.scalars(own.where(made.is_not(None)).order_by(made.desc()).limit(2)).all()
        waiting = work.scalars(
            own.where(made.is_(None), LocalList.status == READY).order_by(LocalList.id.desc())
        ).first()
        swept = work.scalars(own.where(LocalList.id.not_in([*kept, waiting or 0]))).all()
    for list_id in swept:
        _forget_people(list_id)


def _load_all(keys: Keys, list_id: int, source: Source, now: Callable[[], datetime], batch: int) -> dict[str, int]:
    seen: set[bytes] = set()
    counts = {"rows_read": 0, "rows_kept": 0, "rows_left_out": 0}
    people: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for number, found, notes in source.read():
        row = sealed_row(keys, list_id, found) if found else None
        if row and bytes.fromhex(row["iin_hash"]) in seen:
            row, notes = None, [*notes, Problem("iin", "iin_twice")]
        if row:
            seen.add(bytes.fromhex(row["iin_hash"]))
            people.append(row)
        counts["rows_read"] += 1
        counts["rows_kept" if row else "rows_left_out"] += 1
        problems += [{"list_id": list_id, "row": number, **vars(one)} for one in notes]
        if counts["rows_read"] % batch == 0:
            _write(list_id, people, problems, counts, now())
    _write(list_id, people, problems, counts, now())
    return counts


def _write(
    list_id: int,
    people: list[dict[str, Any]],
    problems: list[dict[str, Any]],
    counts: Mapping[str, int],
    now: datetime,
) -> None:
    with transaction() as work:
        if people:
            work.execute(insert(LocalPerson), people)
        if problems and counts["rows_left_out"] <= MOST_PROBLEMS:
            work.execute(insert(LocalProblem), problems)
        work.execute(update(LocalList).where(LocalList.id == list_id).values(**counts, progress_at=now))
    people.clear()
    problems.clear()


def _note(list_id: int, **values: Any) -> None:
    with transaction() as work:
        work.execute(update(LocalList).where(LocalList.id == list_id).values(**values))


def _forget_people(list_id: int) -> None:
    gone = True
    while gone:
        with transaction() as work:
            some = select(LocalPerson.iin_hash).where(LocalPerson.list_id == list_id).limit(SWEPT_AT_ONCE)
            hashes = work.scalars(some).all()
            person = LocalPerson.list_id == list_id
            work.execute(delete(LocalPerson).where(person, LocalPerson.iin_hash.in_(hashes)))
            gone = bool(hashes)


def _give_up_dead(work: Session, organisation_id: int, now: datetime) -> None:
    work.execute(
        update(LocalList)
        .where(
            LocalList.organisation_id == organisation_id,
            LocalList.status == LOADING,
            LocalList.progress_at < now - STOPPED_AFTER,
        )
        .values(status=FAILED, failure="stopped")
    )
