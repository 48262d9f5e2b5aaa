"""The legal texts at the desk: every edition, and beside it what a refused patient reads at the kiosk today."""

from flask import Flask

from kiosk.clinic.legal import editions
from tests.client import Patient, words
from tests.desk import ROLES, Desk
from tests.factories import ELSEWHERE, Registers, Somebody


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_role_sees_each_edition_with_its_day_limits_and_grounds(app: Flask) -> None:
    for login in ROLES:
        page = Desk(app, login).get("/staff/legal")
        for edition in editions():
            assert edition.version in page.words and str(edition.valid_from.year) in page.words
            for ground in edition.grounds:
                assert flat(ground.kk) in page.words and flat(ground.ru) in page.words


def test_what_a_refused_patient_reads_stands_there_in_three_languages(
    app: Flask, patient: Patient, registers: Registers
) -> None:
    patient.scan(registers.add(Somebody(attachments=(("active", ELSEWHERE, "07"),))).scan)
    page = Desk(app, "auditor").get("/staff/legal")
    for code in ("kk", "ru", "en"):
        column = next(one for one in page.all("div", lang=code))
        sentences = [words(one) for one in column.iter("p")][1:]
        read = patient.press_value("language", code).words if code != "kk" else patient.page.words
        assert len(sentences) > 3 and [one for one in sentences if one not in read] == []
