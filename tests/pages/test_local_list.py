"""The clinic's own list: imported while people book, made current by one statement, and what a kiosk says by it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from kiosk import clock
from kiosk.clinic.local_list import LocalList, LocalPerson, LocalProblem, find_current, find_member, importing, reports
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.clinic.local_list.table_file import open_table
from kiosk.clinic.records import Appointment, JournalEntry, Organisation, UnconfirmedBooking
from kiosk.clinic.unconfirmed import differing, recheck_all, waiting
from kiosk.database import db, transaction
from tests.client import Patient
from tests.factories import HERE, NOW, Registers, Somebody

HEADER = "ИИН;Фамилия;Имя;Участок;Номер удостоверения;Срок удостоверения"
LIST_DAY = date(2031, 3, 10)


def line(somebody: Somebody, district: str = "07", number: bool = True) -> str:
    document = f"{somebody.number};{somebody.expires:%d.%m.%Y}" if number else ";"
    return f"{somebody.iin};{somebody.surname};{somebody.name};{district};{document}"


def begin() -> tuple[int, int]:
    with transaction() as work:
        place = work.scalars(select(Organisation.id).where(Organisation.code == HERE)).one()
        return place, importing.begin(work, place, LIST_DAY, "test", {}, clock.now()).id


def bring(app: Flask, folder: Path, *lines: str, by_itself: bool = True) -> str | None:
    path = folder / "list.csv"
    path.write_text("\r\n".join([HEADER, *lines]), encoding="utf-8")
    with app.app_context():
        _place, list_id = begin()
        return importing.run(app.extensions["keys"], path, list_id, by_itself, clock.now)


def choose(app: Flask, registers: str) -> None:
    with app.app_context(), transaction() as work:
        place = work.scalars(select(Organisation).where(Organisation.code == HERE)).one()
        place.settings = {**place.settings, "registers": registers}


def crowd(count: int) -> list[Somebody]:
    return [Somebody(born=date(1950 + n % 60, 1 + n % 12, 1 + n % 28), running=1 + n) for n in range(count)]


def test_people_are_kept_sealed_and_found_by_a_keyed_hash(app: Flask, tmp_path: Path) -> None:
    me = Somebody()
    assert bring(app, tmp_path, line(me)) is None
    with app.app_context():
        current = find_current(db.session(), 1)
        assert current is not None
        found = find_member(db.session(), app.extensions["keys"], current.id, me.iin)
        assert found is not None
        assert (found.surname, found.district, found.documents[0].number) == (me.surname, "07", me.number)
        row = db.session.scalars(select(LocalPerson)).one()
        plain = json.dumps([row.iin_hash, row.sealed.hex()])
        assert me.iin not in plain
        assert me.surname.encode().hex() not in plain


def test_a_sealed_person_opens_in_no_other_version(app: Flask, tmp_path: Path) -> None:
    from kiosk.sealing import Broken

    me = Somebody()
    bring(app, tmp_path, line(me))
    bring(app, tmp_path, line(me))
    with app.app_context():
        first, second = db.session.scalars(select(LocalPerson).order_by(LocalPerson.list_id)).all()
        ident, other = second.list_id, first.sealed
        with transaction() as work:
            work.execute(update(LocalPerson).where(LocalPerson.list_id == ident).values(sealed=other))
        with pytest.raises(Broken):
            find_member(db.session(), app.extensions["keys"], ident, me.iin)


def test_problems_are_listed_row_by_row_without_what_the_rows_say(app: Flask, tmp_path: Path) -> None:
    me, twice = Somebody(), Somebody(born=date(1980, 1, 1))
    bad = line(Somebody(born=date(1981, 1, 1))).replace("Бақытжан", "=1+1")
    many = [line(one) for one in crowd(60)]
    assert (
        bring(
            app, tmp_path, line(me), line(twice), line(twice), bad, line(Somebody(born=date(1982, 2, 2)), "99"), *many
        )
        is None
    )
    with app.app_context():
        version = find_current(db.session(), 1)
        assert version is not None
        assert (version.rows_read, version.rows_kept, version.rows_left_out) == (65, 63, 2)
        told = "".join(reports.problems_file(db.session(), version, str))
        assert told.splitlines() == [
            "\ufeff4;ИИН;stands in this file twice;the row was left out",
            "5;Имя;is a formula, not a value;the row was left out",
            "6;Участок;is a district that this clinic does not have;the row was kept",
        ]
        assert twice.iin not in told


def test_a_heading_that_is_a_formula_is_harmless_in_the_file_of_problems(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("=1+1;Фамилия;Имя;Участок\r\n12;А;Б;07\r\n", encoding="utf-8")
    with app.app_context():
        with transaction() as work:
            mapping = {"iin": "=1+1", "surname": "Фамилия", "name": "Имя", "district": "Участок"}
            list_id = importing.begin(work, 1, LIST_DAY, "test", mapping, clock.now()).id
        with pytest.raises(FileRefused):
            importing.run(app.extensions["keys"], path, list_id, True, clock.now)
        version = db.session.get_one(LocalList, list_id)
        assert version.failure == "empty"
        assert "2;'=1+1;is no IIN" in "".join(reports.problems_file(db.session(), version, str))


def test_a_preview_keeps_nothing(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\r\n".join([HEADER, line(Somebody()), "1;2;3;4;5;6"]), encoding="utf-8")
    with app.app_context():
        table = open_table(path)
        from kiosk.clinic.local_list.columns import guess, places

        found = reports.preview(importing.Source(table, places(table.header, guess(table.header)), {"7": "07"}))
        assert [one.name for one in found.members] == ["Бақытжан"]
        assert {number for number, _ in found.problems} == {3}
        assert db.session.scalar(select(func.count()).select_from(LocalPerson)) == 0


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([line(one) for one in crowd(10)] + ["x;y;z;1;;"], "many_left_out"),
        ([line(one) for one in crowd(10)], "far_shorter"),
    ],
)
def test_a_doubtful_list_waits_for_a_person(app: Flask, tmp_path: Path, lines: list[str], why: str) -> None:
    bring(app, tmp_path, *[line(one) for one in crowd(30)])
    assert bring(app, tmp_path, *lines) == why
    with app.app_context():
        assert find_current(db.session(), 1).rows_kept == 30  # type: ignore[union-attr]
    assert bring(app, tmp_path, *lines, by_itself=False) is None
    with app.app_context():
        assert find_current(db.session(), 1).rows_kept == 10  # type: ignore[union-attr]


def test_a_file_that_breaks_off_leaves_the_current_list(app: Flask, tmp_path: Path) -> None:
    bring(app, tmp_path, line(Somebody()))
    with pytest.raises(FileRefused):
        bring(app, tmp_path, *[line(one) for one in crowd(1200)], '"never closed')
    with app.app_context():
        current = find_current(db.session(), 1)
        assert (current.id, current.rows_kept) == (1, 1)  # type: ignore[union-attr]
        failed = db.session.get_one(LocalList, 2)
        assert (failed.status, failed.failure) == ("failed", "broken_csv")
        assert db.session.scalar(select(func.count()).where(LocalPerson.list_id == 2)) == 0


def test_old_versions_are_forgotten_and_a_dead_import_is_given_up(app: Flask, tmp_path: Path, time: object) -> None:
    with app.app_context():
        _place, dead = begin()
    for _ in range(3):
        bring(app, tmp_path, line(Somebody()))
        time.advance(400)  # type: ignore[attr-defined]
    bring(app, tmp_path, line(Somebody()))
    with app.app_context():
        assert db.session.scalars(select(LocalPerson.list_id).order_by(LocalPerson.list_id)).all() == [4, 5]
        assert db.session.get_one(LocalList, dead).failure == "stopped"


def test_the_mapping_is_remembered(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Код;Ф;И;У\r\n" + ";".join(line(Somebody()).split(";")[:4]), encoding="utf-8")
    with app.app_context():
        for mapping in ({"iin": "Код", "surname": "Ф", "name": "И", "district": "У"}, {}):
            with transaction() as work:
                list_id = importing.begin(work, 1, LIST_DAY, "test", mapping, clock.now()).id
            assert importing.run(app.extensions["keys"], path, list_id, True, clock.now) is None


def test_people_book_while_a_list_is_loaded(app: Flask, patient: Patient, registers: Registers, tmp_path: Path) -> None:
    """Between any two batches a whole booking goes through, and sees the old list until the new one is current."""
    choose(app, "local")
    me = Somebody()
    bring(app, tmp_path, line(me))
    path = tmp_path / "next.csv"
    path.write_text("\r\n".join([HEADER, *[line(one) for one in crowd(700)]]), encoding="utf-8")
    with app.app_context():
        place, list_id = begin()
        table = open_table(path)
        from kiosk.clinic.local_list.columns import guess, places

        def rows() -> Iterator[tuple[int, tuple[object, ...]]]:
            for number, row in table.rows():
                if number == 350:
                    patient.scan(me.scan)
                    patient.press("next")
                    patient.press("next")
                    assert patient.page.heading == "Сіз жазылдыңыз"
                yield number, row

        slow = type(table)(table.header, rows, table.total)  # type: ignore[arg-type]
        source = importing.Source(slow, places(table.header, guess(table.header)), {"7": "07"})
        importing.load(app.extensions["keys"], list_id, source, clock.now, batch=50)
        assert find_current(db.session(), place).id == 1  # type: ignore[union-attr]
        with transaction() as work:
            assert importing.make_current(work, list_id, clock.now())
        assert find_current(db.session(), place).id == list_id  # type: ignore[union-attr]


def test_a_clinic_without_a_gateway_books_by_card_and_list_and_says_so(
    app: Flask, patient: Patient, registers: Registers, tmp_path: Path
) -> None:
    choose(app, "local")
    me = Somebody()
    bring(app, tmp_path, line(me))
    patient.scan(me.scan)
    assert patient.page.heading == "Сіз осы емханаға бекітілгенсіз"
    assert "2031 жылғы 10 наурыз" in patient.page.words
    assert registers.asked == []
    patient.press("next")
    patient.press("next")
    assert patient.page.heading == "Сіз жазылдыңыз"
    with app.app_context():
        entries = db.session.scalars(select(JournalEntry).where(JournalEntry.language.is_not(None))).all()
        assert {one.event: one.details["source"] for one in entries} == {
            "identified": "local list of 2031-03-10",
            "booked": "local list of 2031-03-10",
        }
        assert db.session.scalars(select(UnconfirmedBooking)).all() == []


def test_who_is_not_in_the_list_is_never_refused(app: Flask, patient: Patient, tmp_path: Path) -> None:
    choose(app, "local")
    bring(app, tmp_path, line(Somebody(born=date(1960, 1, 1))))
    patient.scan(Somebody().scan)
    assert patient.page.heading == "Сіз емхананың тізімінде жоқсыз"
    with app.app_context():
        assert db.session.scalars(select(JournalEntry.event).where(JournalEntry.language.is_not(None))).all() == []


def test_without_any_list_the_service_is_unavailable_and_staff_can_be_called(app: Flask, patient: Patient) -> None:
    choose(app, "local")
    patient.scan(Somebody().scan)
    assert patient.page.heading == "Қызмет уақытша қолжетімсіз"
    patient.press("next")
    assert patient.page.path == "/help"


@pytest.mark.parametrize(
    ("number", "how", "heading"),
    [
        (True, "card", "Сіз осы емханаға бекітілгенсіз"),
        (True, "typed", "Сіз осы емханаға бекітілгенсіз"),
        (True, "other card", "Құжаттағы деректер тіркелімдегіден өзгеше"),
        (False, "card", "Сіз осы емханаға бекітілгенсіз"),
        (False, "expired card", "Құжаттың мерзімі өткен"),
        (False, "typed", "Жеке куәлігіңізді қойыңыз"),
    ],
)
def test_what_identity_rests_on(
    app: Flask, patient: Patient, tmp_path: Path, number: bool, how: str, heading: str
) -> None:
    choose(app, "local")
    me = Somebody()
    bring(app, tmp_path, line(me, number=number))
    if how == "typed":
        patient.post("/identify", {"iin": me.iin, "document_number": me.number})
    elif how == "other card":
        patient.scan(Somebody(number="019999999").scan)
    else:
        patient.scan(Somebody(mrz_expires=date(2031, 3, 11)).scan if how == "expired card" else me.scan)
    assert patient.page.heading == heading


def book_in_an_outage(app: Flask, patient: Patient, registers: Registers, folder: Path) -> Somebody:
    choose(app, "gateway_with_fallback")
    me = registers.add(Somebody())
    bring(app, folder, line(me))
    registers.silent = {"persons", "attachments"}
    patient.scan(me.scan)
    assert "емхана жазылуды кейін растайды" in patient.page.words
    patient.press("next")
    patient.press("next")
    assert patient.page.heading == "Сіз жазылдыңыз"
    return me


def check(app: Flask, registers: Registers) -> tuple[int, int, int]:
    with app.app_context():
        place = db.session.scalars(select(Organisation).where(Organisation.code == HERE)).one()
        done = recheck_all(app.extensions["keys"], place, app.extensions["outside"], lambda: NOW)
        return done.confirmed, done.differing, done.waiting


def test_in_an_outage_booking_goes_on_and_is_checked_afterwards(
    app: Flask, patient: Patient, registers: Registers, tmp_path: Path
) -> None:
    me = book_in_an_outage(app, patient, registers, tmp_path)
    with app.app_context():
        marked = waiting(db.session(), 1)
        assert len(marked) == 1
        assert me.iin.encode() not in marked[0].sealed
    assert check(app, registers) == (0, 0, 1)
    registers.silent.clear()
    assert check(app, registers) == (1, 0, 0)
    assert check(app, registers) == (0, 0, 0)
    with app.app_context():
        assert waiting(db.session(), 1) == differing(db.session(), 1) == []


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"attachments": ()}, ["NotAttachedHere"]),
        ({"status": "replaced"}, ["DocumentDoubted"]),
        ({"alive": False, "attachments": ()}, ["PersonDeceased"]),
    ],
)
def test_what_differs_is_listed_and_nothing_is_cancelled_or_refused(
    app: Flask,
    patient: Patient,
    registers: Registers,
    tmp_path: Path,
    changed: dict[str, object],
    names: list[str],
) -> None:
    book_in_an_outage(app, patient, registers, tmp_path)
    registers.silent.clear()
    registers.add(Somebody(**changed))  # type: ignore[arg-type]
    assert check(app, registers) == (0, 1, 0)
    with app.app_context():
        assert [one.differences for one in differing(db.session(), 1)] == [names]
        assert set(db.session.scalars(select(Appointment.status))) == {"booked"}
        assert "refused" not in db.session.scalars(select(JournalEntry.event)).all()


def test_a_gateway_that_answers_is_believed_before_the_list(
    app: Flask, patient: Patient, registers: Registers, tmp_path: Path
) -> None:
    choose(app, "gateway_with_fallback")
    me = registers.add(Somebody(attachments=()))
    bring(app, tmp_path, line(me))
    patient.scan(me.scan)
    assert patient.page.heading == "Сіз осы емханаға бекітілмегенсіз."
    with app.app_context():
        assert db.session.scalars(select(LocalProblem)).all() == []


def test_in_an_outage_who_is_not_in_the_list_hears_of_the_outage(
    app: Flask, patient: Patient, registers: Registers, tmp_path: Path
) -> None:
    choose(app, "gateway_with_fallback")
    bring(app, tmp_path, line(Somebody(born=date(1960, 1, 1))))
    registers.silent = {"persons"}
    patient.scan(Somebody().scan)
    assert patient.page.heading == "Қызмет уақытша қолжетімсіз"
