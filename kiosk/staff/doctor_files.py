"""/staff/doctors/files : doctors, districts and schedules from CSV or XLSX with a preview, and written out again."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Response, abort, make_response, render_template, request
from flask_babel import lazy_gettext as _

from kiosk.clinic import doctor_files, import_drafts
from kiosk.clinic.local_list.refused import FileRefused
from kiosk.database import db, transaction
from kiosk.staff.acts import changed
from kiosk.staff.agreeing import is_agreed, mark_of
from kiosk.staff.blueprint import door, go, me, my_buildings, now
from kiosk.staff.scope import my_doctors
from kiosk.staff.serving import today

MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
PROBLEMS = {
    "missing": _("is missing"),
    "unknown": _("is not known here"),
    "twice": _("stands in the file twice"),
    "shift": _("is no shift such as 08:00-13:00"),
    "not_possible": _("is not possible"),
}


@door.get("/doctors/files")
def files() -> Any:
    """Ask for a file, or give one out."""
    return _page("")


@door.post("/doctors/files")
def file_uploaded() -> Any:
    """Read a file and keep its rows for the preview; nothing is changed yet."""
    upload, kind = request.files.get("file"), request.form.get("kind", "")
    if upload is None or not upload.filename or kind not in doctor_files.KINDS_OF_FILE:
        return make_response(_page("no_file"), 400)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        try:
            rows = doctor_files.read_rows(path)
        except FileRefused as refused:
            return make_response(_page(refused.code), 400)
    if not rows:
        return make_response(_page("empty"), 400)
    with transaction() as work:
        draft = import_drafts.keep_draft(work, me().id, kind, rows, now())
        ref = draft.ref
    return go("file_preview", ref=ref)


def _page(problem: str) -> str:
    return render_template("staff/files.html", problem=problem, kind=request.form.get("kind", doctor_files.DOCTORS))


def _draft(ref: str) -> import_drafts.ImportDraft:
    return import_drafts.find_draft(db.session(), me().id, ref) or abort(403)


def _judged(draft: import_drafts.ImportDraft) -> list[doctor_files.Judged]:
    return doctor_files.judge(draft.kind, draft.rows, my_doctors(), my_buildings(), today())


@door.get("/doctors/files/<ref>")
def file_preview(ref: str) -> Any:
    """What the file would do, and what is wrong with which row."""
    draft = _draft(ref)
    rows = _judged(draft)
    return _preview(draft, rows, _effect(draft, rows))


def _effect(draft: import_drafts.ImportDraft, rows: list[doctor_files.Judged]) -> doctor_files.Effect:
    return doctor_files.effect_of(db.session(), draft.kind, [one for one in rows if not one.problems], now())


def _preview(draft: import_drafts.ImportDraft, rows: list[doctor_files.Judged], effect: doctor_files.Effect) -> str:
    return render_template(
        "staff/file_preview.html",
        draft=draft,
        rows=rows,
        wrong=[one for one in rows if one.problems],
        effect=effect,
        problems=PROBLEMS,
        agreed=mark_of(effect.foreseen),
        respelt=_respelt(),
    )


def _respelt() -> set[int]:
    return set(request.form.getlist("respelt", type=int))


@door.post("/doctors/files/<ref>")
def file_taken_over(ref: str) -> Any:
    """Take the file over as a whole; a wrong row changes nothing, and who was booked meanwhile is shown first."""
    draft = _draft(ref)
    rows = _judged(draft)
    effect = _effect(draft, rows)
    if any(one.problems for one in rows) or not is_agreed(effect.foreseen):
        return _preview(draft, rows, effect)
    with transaction() as work:
        draft = _draft(ref)
        rows = _judged(draft)
        if any(one.problems for one in rows):
            return go("file_preview", ref=ref)
        kind, clinic, respelt = draft.kind, me().organisation_id, _respelt()
        before = doctor_files.standing(work, clinic)
        doctor_files.take_over(work, clinic, kind, rows, me().ref, now(), respelt)
        after = doctor_files.standing(work, clinic)
        changed(work, f"file of {kind}", before, {**after, "rows": len(rows), "respelt": sorted(respelt)})
        work.delete(draft)
    return go("doctors", done="imported")


@door.get("/doctors/export/<kind>.<form>")
def exported(kind: str, form: str) -> Any:
    """Doctors with districts and weeks, or every shift, as a file that can be read in again."""
    if kind not in doctor_files.KINDS_OF_FILE or form not in MEDIA:
        abort(404)
    header, rows = doctor_files.table_of(db.session(), kind, my_doctors())
    made = (doctor_files.to_csv if form == "csv" else doctor_files.to_xlsx)(header, rows)
    response = Response(made, content_type=MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.{form}"'
    return response
