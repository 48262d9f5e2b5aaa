"""Every route of the house is in this table: who may enter, and what everybody else meets."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from kiosk.staff.rights import WHO
from tests.desk import ROLES, Desk

ROLE_OF = {
    "registrar": "registrar",
    "schedules": "schedule_keeper",
    "building": "building_administrator",
    "organisation": "organisation_administrator",
    "auditor": "auditor",
}
ANYBODY = {"static", "health.healthz", "everyone.panel_css", "everyone.fixed_clip", "enrolment.enrol"}
KIOSK_ONLY = {
    "patient.accessibility",
    "patient.alive",
    "patient.appointments",
    "patient.attachment",
    "patient.booked",
    "patient.building",
    "patient.confirm",
    "patient.doctor",
    "patient.doctor_chosen",
    "patient.consent_withdrawn",
    "patient.consents",
    "patient.document",
    "patient.document_given",
    "patient.end",
    "patient.heartbeat",
    "patient.help_",
    "patient.help_called",
    "patient.identified",
    "patient.identify",
    "patient.keys",
    "patient.language",
    "patient.preferences",
    "patient.preferences_changed",
    "patient.sample_page",
    "patient.samples",
    "patient.slot",
    "patient.switches",
    "patient.ticket",
    "patient.welcome",
}
STAFF = {
    "login": "strangers",
    "signed_in": "strangers",
    "language": "strangers",
    "look": "strangers",
    "alive": "all",
    "logout": "all",
    "home": "all",
    "calls_": "all",
    "imports": "organisation",
    "import_uploaded": "organisation",
    "import_columns": "organisation",
    "import_begun": "organisation",
    "import_current": "organisation",
    "import_problems": "organisation",
    "import_template": "organisation",
    "unconfirmed": "all",
    "call_answered": "registrar schedules building organisation",
    "badge": "all",
    "buildings": "building organisation auditor",
    "building": "building organisation auditor",
    "building_saved": "building organisation",
    "building_new": "organisation",
    "building_made": "organisation",
    "organisation_saved": "organisation",
    "samples": "building organisation auditor",
    "sample": "building organisation auditor",
    "sample_page": "building organisation auditor",
    "sample_new": "organisation",
    "sample_made": "organisation",
    "sample_saved": "organisation",
    "sample_removed": "organisation",
    "days": "building organisation auditor",
    "day_said": "building organisation",
    "day_unsaid": "building organisation",
    "journal": "all",
    "journal_entry": "all",
    "journal_person": "registrar organisation",
    "journal_export": "organisation auditor",
    "figures": "all",
    "figures_export": "all",
    "legal": "all",
    "people": "organisation",
    "person_made": "organisation",
    "person_secrets": "organisation",
    "person_closed": "organisation",
    "kiosks": "building organisation auditor",
    "kiosk_made": "building organisation",
    "kiosk": "building organisation auditor",
    "kiosk_saved": "building organisation",
    "kiosk_code": "building organisation",
    "kiosk_revoked": "building organisation",
    "kiosk_service": "building organisation",
    "kiosk_looked_after": "building organisation",
    "kiosk_tested": "building organisation",
    "kiosk_keys_tested": "building organisation",
    "settings": "building organisation auditor",
    "settings_saved": "building organisation",
    "keys": "building organisation auditor",
    "keys_saved": "building organisation",
    "preview": "building organisation auditor",
    "preview_css": "building organisation auditor",
    "schedules": "all",
    "schedule": "all",
    "schedule_form": "schedules building organisation",
    "schedule_drafted": "schedules building organisation",
    "schedule_drop": "schedules building organisation",
    "schedule_preview": "schedules building organisation",
    "schedule_saved": "schedules building organisation",
    "patients_moved": "schedules building organisation",
    "to_tell": "all",
    "told": "registrar schedules building organisation",
    "names": "registrar schedules building organisation",
    "doctors": "all",
    "doctor": "schedules building organisation",
    "doctor_saved": "schedules building organisation",
    "doctor_new": "schedules building organisation",
    "doctor_added": "schedules building organisation",
    "districts": "all",
    "district_saved": "schedules building organisation",
    "files": "all",
    "file_uploaded": "schedules building organisation",
    "file_preview": "schedules building organisation",
    "file_taken_over": "schedules building organisation",
    "exported": "all",
    "day_lists": "registrar schedules building organisation",
    "day_list": "registrar schedules building organisation",
    "window": "registrar building organisation",
    "window_identified": "registrar building organisation",
    "window_patient": "registrar building organisation",
    "window_end": "registrar building organisation",
    "window_told": "registrar building organisation",
    "window_represented": "registrar building organisation",
    "window_represented_opened": "registrar building organisation",
    "window_times": "registrar building organisation",
    "window_booked": "registrar building organisation",
    "window_cancelled": "registrar building organisation",
    "window_extra": "building organisation",
    "decisions": "registrar building organisation auditor",
    "case_looked_at": "registrar building organisation",
    "case": "registrar building organisation",
    "case_decided": "registrar building organisation",
    "refusal_reversed": "registrar building organisation",
}


def rules(app: Flask, door: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(f"{door}.")]


def path_of(rule: Rule) -> str:
    values = {"layer": "kiosk", "mm": "4.0340", **dict.fromkeys(rule.arguments - {"layer", "mm"}, 1)}
    built = rule.build({name: values[name] for name in rule.arguments})
    assert built is not None
    return built[1]


def method_of(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def test_every_route_is_behind_a_known_door(app: Flask) -> None:
    doors = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules()}
    assert doors <= {"patient", "staff", "voice", "static", "health", "everyone", "enrolment"}
    loose = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(("patient.", "staff."))}
    assert {one for one in loose if not one.startswith("voice.")} <= ANYBODY


def test_staff_table_is_this_table(app: Flask) -> None:
    expected = {
        name: None if who == "strangers" else {ROLE_OF[one] for one in (ROLES if who == "all" else who.split())}
        for name, who in STAFF.items()
    }
    assert {name: None if roles is None else {one.value for one in roles} for name, roles in WHO.items()} == expected
    assert {rule.endpoint.removeprefix("staff.") for rule in rules(app, "staff")} == set(WHO)


def test_nothing_of_the_patient_door_opens_without_a_kiosk(app: Flask) -> None:
    app.extensions["demo_kiosk_token"] = None
    app.config["WTF_CSRF_ENABLED"] = False
    asked = {}
    for rule in rules(app, "patient"):
        asked[rule.endpoint] = app.test_client().open(path_of(rule), method=method_of(rule)).status_code
    assert {endpoint for endpoint, status in asked.items() if status != 403} == set()
    assert asked.keys() >= KIOSK_ONLY - {"patient.booked"}


def test_a_stranger_meets_the_sign_in_and_nothing_else(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for rule in rules(app, "staff"):
        if WHO[rule.endpoint.removeprefix("staff.")] is None:
            continue
        answer = app.test_client().open(path_of(rule), method=method_of(rule))
        assert answer.status_code == 303 and answer.location.startswith("/staff/login"), rule.endpoint
        part = app.test_client().open(path_of(rule), method=method_of(rule), headers={"HX-Request": "true"})
        assert part.status_code == 401 and part.get_data() == b"", rule.endpoint


@pytest.mark.parametrize("login", ROLES)
def test_a_role_enters_exactly_where_the_table_says(app: Flask, login: str) -> None:
    desk = Desk(app, login)
    app.config["WTF_CSRF_ENABLED"] = False
    for rule in rules(app, "staff"):
        endpoint = rule.endpoint.removeprefix("staff.")
        if endpoint in ("logout", "login", "signed_in"):
            continue
        status = desk.client.open(path_of(rule), method=method_of(rule)).status_code
        allowed = WHO[endpoint] is None or ROLE_OF[login] in (WHO[endpoint] or ())
        if not allowed:
            assert status == 403, f"{login} met {status} at {endpoint}"
        elif not rule.arguments:
            assert status != 403, f"{login} was shut out of {endpoint}"
