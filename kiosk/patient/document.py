"""/document : the digital document, by its owner's consent or by what the owner's phone shows."""

from typing import Any

from flask import g, make_response, render_template, request

from kiosk.clinic import consent
from kiosk.clinic.identity import clean_number, is_iin, read_barcode
from kiosk.clinic.obstacles import NumberWrong, Obstacle, PresentationUnknown, RegisterSilent
from kiosk.clinic.ports import FAILED, PENDING, DigitalDocuments
from kiosk.clinic.presentation import find_payload
from kiosk.patient import owner
from kiosk.patient.apologies import LEAD_TO_CARD, consent_problem, problem
from kiosk.patient.blueprint import door, go, htmx
from kiosk.patient.here import documents, here, present_visit, save, visit

OVER, NOTICED, SILENT = "over", "noticed", "silent"


@door.get("/document")
def document() -> Any:
    """Ask for the IIN or for what the phone shows; while an answer from the phone is awaited, show how it stands."""
    if documents() is None:
        return render_template("patient/no_documents.html")
    under_way = owner.under_way()
    if under_way is None:
        return _asked(request.args.get("way", ""))
    return _waiting(under_way)


@door.post("/document")
def document_given() -> Any:
    """Take the IIN, a code, another code's sending, or the giving up; what is wrong is said and nothing is lost."""
    present_visit()
    service = documents()
    if service is None:
        return go("document")
    if "key" in request.form:
        return _press(request.form["key"])
    try:
        return _act(service)
    except Obstacle as reason:
        save()
        field = f"_{reason.field}" if isinstance(reason, NumberWrong) else ""
        way = "code" if isinstance(reason, PresentationUnknown) and "code" in request.form else None
        return _lead(go("document", again=f"{type(reason).__name__}{field}", way=way))


def presented(raw: str) -> Any:
    """Answer a scan that shows a phone's document, or here gives the IIN; None for a scan that is something else."""
    service, payload, iin = documents(), find_payload(raw), read_barcode(raw)
    if service is not None and iin is not None and request.form.get("page") == "document":
        return _scanned(iin)
    if service is None or payload is None:
        return None
    try:
        if owner.under_way() is not None and len(payload) == here().settings.code_digits:
            return owner.give_code(service, payload)  # typed as fast as a scanner: it is the code that is awaited
        return owner.take_shown(service, payload)
    except Obstacle as reason:
        save()
        return go("document", again=type(reason).__name__)


def _scanned(iin: str) -> Any:
    """The card's barcode in place of typing the IIN; who is to be written to is asked by a press, never by a scan."""
    asked = owner.under_way()
    if g.visit.presented is not None or (asked is not None and asked.iin == iin):
        return go("document")
    g.visit.draft = {"iin": iin}
    save()
    return go("document", way="scanned")


def _act(service: DigitalDocuments) -> Any:
    under_way = owner.under_way()
    if "ask" in request.form:
        return owner.request_consent(service, g.visit.presented["iin"]) if g.visit.presented else go("document")
    if "iin" in request.form:
        return owner.request_consent(service, clean_number(request.form["iin"][:40]))
    if under_way is None and g.visit.consent_ref and g.visit.actor:
        return go("attachment")  # the same press twice
    if under_way is None:
        return owner.take_shown(service, clean_number(request.form.get("code", "")[:40]))
    if "card" in request.form or "phone" in request.form:
        return owner.give_up(service, under_way)
    if "send" in request.form:
        return owner.send_again(service, under_way)
    if "go" in request.form:
        return _lead(owner.notice_reply(service, under_way))
    return owner.give_code(service, clean_number(request.form.get("code", "")[:40]))


def _asked(way: str) -> Any:
    now = visit()
    again = request.args.get("again", "")
    if now is not None and now.presented is not None:
        return render_template(
            "patient/consent_first.html", problem=consent_problem(again), closed=again in LEAD_TO_CARD
        )
    typed = now.draft.get("iin", "") if now and way != "code" else ""
    return render_template(
        "patient/document.html",
        way="code" if way == "code" else "iin",
        again=again,
        problem=problem(again),
        typed=typed,
        scanned=way == "scanned" and is_iin(typed),
    )


def _waiting(under_way: consent.Request, typed: str = "") -> Any:
    again, state = request.args.get("again", ""), _state(under_way)
    if htmx and state == OVER:
        return make_response("", 204, {"HX-Refresh": "true"})  # the whole screen is another one now, and is read anew
    whole = here().settings.code_minutes * 60
    return render_template(
        "patient/_document.html" if htmx else "patient/document_wait.html",
        asked=under_way,
        state=state,
        typed=typed,
        again=again,
        problem=consent_problem(again) if g.visit.presented else problem(again),
        gone=max(0, whole - under_way.seconds_left(here().now)),
        whole=whole,
        repeat=under_way.wait_to_repeat(here().now),
    )


def _state(under_way: consent.Request) -> str:
    """pending, over, noticed (the phone has answered) or silent: asked of the gate, and nothing is written."""
    service = documents()
    if service is None or under_way.is_over(here().settings, here().now):
        return OVER
    try:
        state = service.find_consent(under_way.request_id, under_way.correlation).state
    except RegisterSilent:
        return SILENT
    return {PENDING: PENDING, FAILED: SILENT}.get(state, NOTICED)


def _press(key: str) -> Any:
    """One key of the keypad where the page has no JavaScript; a code is given back in the page and kept nowhere."""
    field = "iin" if "iin" in request.form else "code"
    typed = clean_number(request.form.get(field, "")[:40])
    if key == "back":
        typed = typed[:-1]
    elif key == "clear":
        typed = ""
    elif key.isascii() and key.isdigit() and len(key) == 1:
        typed = (typed + key)[:12]
    under_way = owner.under_way()
    if field == "iin":
        g.visit.draft = {"iin": typed}
        save()
        return go("document")
    if under_way is not None:
        return _waiting(under_way, typed)
    return render_template("patient/document.html", way="code", again="", problem=None, typed=typed, scanned=False)


def _lead(answer: Any) -> Any:
    """A redirect that htmx follows as a whole page."""
    if not htmx:
        return answer
    response = make_response("", 204)
    response.headers["HX-Redirect"] = answer.headers["Location"]
    return response
