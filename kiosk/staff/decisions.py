"""/staff/window/decisions : doubted documents wait for a person, and automatic refusals can be reversed."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _

from kiosk.clinic import doubted, journal, reviews
from kiosk.clinic.legal import edition_on
from kiosk.database import db, transaction
from kiosk.staff.blueprint import at_my_building, door, go, keys, me, now
from kiosk.staff.identifying import sentence
from kiosk.staff.oral_answer import refusal
from kiosk.staff.scope import names_are_shown, scope_of_mine, show_names

REASONS = {
    "register_late": _("The register was late"),
    "wrong_person": _("Another person was meant"),
    "served_where_they_live": _("Served where they live (pregnant women, children under 5)"),
    "other": _("another reason"),
}
STATUSES = {
    "valid": _("valid"),
    "expired": _("expired"),
    "replaced": _("replaced"),
    "invalid": _("not valid"),
}


@door.get("/window/decisions")
def decisions() -> Any:
    """The waiting cases without names, and the refusals of the last two weeks."""
    return render_template(
        "staff/decisions.html",
        cases=doubted.waiting(db.session(), me().organisation_id, me().building_id),
        refusals=reviews.recent_refusals(db.session(), scope_of_mine(), now()),
        sentence=sentence,
        again=sentence(request.args.get("again", "")),
        done=request.args.get("done", ""),
        reasons=REASONS,
        spoken={code: refusal(1, code) for code in ("kk", "ru")},
    )


@door.post("/window/decisions")
def case_looked_at() -> Any:
    """Open one case: the journal keeps that I looked."""
    case = doubted.find_case(db.session(), me().organisation_id, me().building_id, request.form.get("case", ""))
    if case is None:
        return go("decisions")
    with transaction() as work:
        show_names(work, f"doubted document {case.id}")
    return go("case", ref=case.ref)


@door.get("/window/decisions/<ref>")
def case(ref: str) -> Any:
    """One doubted document beside what the register lists, with the legal text and the two decisions."""
    found = _case(ref)
    if not names_are_shown():
        return go("decisions")
    return render_template(
        "staff/case.html",
        case=found,
        doubt=doubted.opened(keys(), found),
        ground=edition_on(now().date()).ground(1),
        sentence=sentence,
        statuses=STATUSES,
    )


@door.post("/window/decisions/<ref>")
def case_decided(ref: str) -> Any:
    """Confirm the refusal on ground 1, or dismiss the case."""
    found, decision = _case(ref), request.form.get("decision", "")
    if decision not in (doubted.REFUSED, doubted.DISMISSED):
        abort(400)
    event = journal.Event("dismissed", channel="window", step="window", details=_who())
    try:
        with transaction() as work:
            doubted.decide(work, keys(), work.merge(found), decision == doubted.REFUSED, event, now())
    except doubted.DecidedAlready:
        return go("decisions", done="already")
    return go("decisions", done=decision)


@door.post("/window/reversed")
def refusal_reversed() -> Any:
    """Reverse an automatic refusal: a new entry of the journal says so, and the window may book for a day."""
    entry, reason = request.form.get("entry", 0, type=int), request.form.get("reason", "")
    event = journal.Event("reversed", channel="window", step="window", details=_who())
    try:
        with transaction() as work:
            reviews.reverse(work, scope_of_mine(), entry, reason, event, now())
    except (LookupError, reviews.ReviewedAlready):
        return go("decisions", done="already")
    return go("decisions", done="reversed")


def _who() -> dict[str, Any]:
    return {"staff": me().ref, "role": me().role, **at_my_building()}


def _case(ref: str) -> doubted.DoubtedDocument:
    return doubted.find_case(db.session(), me().organisation_id, me().building_id, ref) or abort(403)
