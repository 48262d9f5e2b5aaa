"""/staff/import : the clinic's own list of its people: a file, its columns, how far it has come, and which holds."""

from collections import deque
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from kiosk.clinic.local_list import LocalList, columns, find_current, importing, reports, uploads
from kiosk.clinic.local_list.records import READY
from kiosk.clinic.local_list.refused import WHOLE_FILE, FileRefused
from kiosk.clinic.local_list.table_file import open_table
from kiosk.clock import today
from kiosk.config import HOME_ZONE
from kiosk.database import db, transaction
from kiosk.staff.acts import changed, looked
from kiosk.staff.blueprint import door, go, me, now

FIRST_ROWS = 200
FIELD_NAMES = {
    "iin": _("IIN, 12 digits"),
    "surname": _("Surname"),
    "name": _("Given name"),
    "patronymic": _("Patronymic"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "phone": _("Phone"),
    "card_number": _("Number of the identity card"),
    "card_expires": _("Term of the identity card"),
    "passport_number": _("Number of the passport"),
    "passport_expires": _("Term of the passport"),
    "district": _("District No."),
    "since": _("Attached since"),
}
LOOK_FIRST = {
    importing.MANY_LEFT_OUT: _("More than one row in twenty was left out: look at the problems first."),
    importing.FAR_SHORTER: _("This list has less than half the people of the one that holds: is it the whole list?"),
}


@door.get("/import", endpoint="imports")
def imports_page() -> Any:
    """The list that holds, the imports so far, and a form for the next file; htmx asks how far it has come."""
    return _page()


@door.post("/import")
def import_uploaded() -> Any:
    """Take a file and lead to its columns; what is no list is refused with a sentence."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page("no_file"), 400
    path = uploads.new_upload(_var())
    file.save(path)
    try:
        deque(islice(open_table(path).rows(), FIRST_ROWS), maxlen=0)
    except FileRefused as refused:
        path.unlink()
        return _page(refused.code), 400
    return go("import_columns", name=path.stem)


@door.get("/import/columns/<name>")
def import_columns(name: str) -> Any:
    """Which column is which, guessed from the last time, and the first people as they would be read."""
    path = _uploaded(name)
    table = open_table(path)
    mapping = columns.guess(table.header, importing.last_mapping(db.session(), me().organisation_id))
    return _columns_page(path, mapping)


@door.post("/import/columns/<name>")
def import_begun(name: str) -> Any:
    """Look again with other columns, give the file up, or start loading: the command line's command, as a process."""
    path = _uploaded(name)
    if "give_up" in request.form:
        path.unlink(missing_ok=True)
        return go("imports")
    mapping = {field: request.form[field] for field in columns.FIELDS if request.form.get(field)}
    if "look" in request.form:
        return _columns_page(path, mapping)
    try:
        columns.places(open_table(path).header, mapping)
    except FileRefused as refused:
        return _columns_page(path, mapping, refused.code), 400
    day = _day(request.form.get("as_of", ""))
    with transaction() as work:
        version = importing.begin(work, me().organisation_id, day, me().login, mapping, now())
        changed(work, "local list", {}, {"version": version.id, "as_of": day.isoformat()})
        list_id = version.id
    start: Callable[[Path, int], None] = current_app.extensions["start_import"]
    start(path, list_id)
    return go("imports")


@door.post("/import/<int:list_id>/current")
def import_current(list_id: int) -> Any:
    """Let a version hold, after somebody has looked."""
    _own(list_id)
    with transaction() as work:
        before = find_current(work, me().organisation_id)
        if importing.make_current(work, list_id, now()):
            changed(work, "current local list", {"version": before.id if before else None}, {"version": list_id})
    return go("imports")


@door.get("/import/<int:list_id>/problems.csv")
def import_problems(list_id: int) -> Any:
    """The problems of a version, row by row, without what the rows say."""
    lines = list(reports.problems_file(db.session(), _own(list_id), gettext))
    return _download("".join(lines), f"problems-{list_id}.csv")


@door.get("/import/template.csv")
def import_template() -> Any:
    """An empty list with the usual headings."""
    return _download(columns.template(), "list.csv")


def _page(refused: str = "") -> str:
    current = find_current(db.session(), me().organisation_id)
    versions = importing.versions(db.session(), me().organisation_id)
    waiting = {
        one.id: LOOK_FIRST.get(importing.why_not_at_once(one, current) or "", "")
        for one in versions
        if one.status == READY and one.made_current_at is None
    }
    return render_template(
        "staff/_imports.html" if request.headers.get("HX-Request") else "staff/imports.html",
        current=current,
        versions=versions,
        waiting=waiting,
        failures=WHOLE_FILE,
        refused=gettext(WHOLE_FILE[refused]) if refused else "",
        today=today(HOME_ZONE),
    )


def _columns_page(path: Path, mapping: dict[str, str], refused: str = "") -> str:
    table, found = open_table(path), None
    try:
        known = importing.districts_of(db.session(), me().organisation_id)
        found = reports.preview(importing.Source(table, columns.places(table.header, mapping), known))
    except FileRefused as reason:
        refused = refused or reason.code
    if found is not None and found.members:
        with transaction() as work:
            looked(work, "import preview", people=len(found.members))
    return render_template(
        "staff/import_columns.html",
        name=path.stem,
        header=[one for one in table.header if one],
        mapping=mapping,
        fields=FIELD_NAMES,
        required=columns.REQUIRED,
        preview=found,
        refused=gettext(WHOLE_FILE[refused]) if refused else "",
        as_of=_day(request.form.get("as_of", "")),
    )


def _own(list_id: int) -> LocalList:
    version = db.session().get(LocalList, list_id)
    if version is None or version.organisation_id != me().organisation_id:
        abort(403)
    return version


def _var() -> Path:
    var: Path = current_app.extensions["settings"].var
    return var


def _uploaded(name: str) -> Path:
    return uploads.find_upload(_var(), name) or abort(404)


def _day(text: str) -> date:
    try:
        return min(date.fromisoformat(text), today(HOME_ZONE))
    except ValueError:
        return today(HOME_ZONE)


def _download(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/csv", headers=headers)
