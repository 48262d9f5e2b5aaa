"""The phones in people's hands: their messages, answers to them, and documents shown."""

import segno
from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.simulator.control import body, refuse
from kiosk.simulator.messages import agrees
from kiosk.simulator.population import Resident
from kiosk.simulator.presentations import KINDS
from kiosk.simulator.state import box

blueprint = Blueprint("phones", __name__)


class AnswerWrong(Exception):
    """This cannot be done with a phone; carries the sentence and the status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


@blueprint.get("/api/phones/<phone>/messages")
def messages(phone: str) -> Response:
    """What this phone got, the oldest first."""
    return jsonify([one.as_json() for one in box().messages.of(phone)])


@blueprint.post("/api/messages/<message_id>/reply")
def reply(message_id: str) -> Response:
    """Answer a message."""
    try:
        return jsonify(state=_reply(message_id, body().get("text")))
    except AnswerWrong as wrong:
        refuse(str(wrong), wrong.status)


@blueprint.post("/api/presentations")
def present() -> Response:
    """Show a document: what the kiosk is to read."""
    told = body()
    try:
        return jsonify(payload=_present(told.get("phone"), told.get("kind")))
    except AnswerWrong as wrong:
        refuse(str(wrong), wrong.status)


@blueprint.get("/phone")
def phones() -> str:
    """Whose phone to take."""
    owners = [one for one in box().population.people if one.phone]
    return render_template("phones.html", owners=owners)


@blueprint.get("/phone/<phone>")
def phone(phone: str) -> str:
    """One phone: its messages and its documents."""
    return _page(_owner(phone))


@blueprint.post("/phone/<phone>/reply")
def reply_on_page(phone: str) -> AnyResponse | tuple[str, int]:
    """Answer a notification with a button of the page."""
    try:
        _reply(request.form.get("id", ""), request.form.get("text"))
    except AnswerWrong as wrong:
        return _page(_owner(phone), error=str(wrong)), wrong.status
    return redirect(url_for("phones.phone", phone=phone), 303)


@blueprint.post("/phone/<phone>/present")
def present_on_page(phone: str) -> str | tuple[str, int]:
    """Show the document on the page, as text and as a picture."""
    try:
        payload = _present(phone, request.form.get("kind"))
    except AnswerWrong as wrong:
        return _page(_owner(phone), error=str(wrong)), wrong.status
    picture = segno.make(payload, error="m").svg_data_uri(scale=5) if request.form.get("kind") == "qr" else None
    return _page(_owner(phone), payload=payload, picture=picture)


def _reply(message_id: str, text: object) -> str:
    message = box().messages.find(message_id)
    if message is None:
        raise AnswerWrong("There is no such message.", 404)
    answer = agrees(message, text) if isinstance(text, str) else None
    if answer is None:
        raise AnswerWrong("text must be 1 (yes) or 0 (no).", 400)
    if message.answered:
        raise AnswerWrong("This message was answered already.", 409)
    message.answered = True
    consent = box().consents.reply(message.request_id, answer)
    return consent.state if consent else "not_found"


def _present(phone: object, kind: object) -> str:
    if kind not in KINDS:
        raise AnswerWrong(f"kind must be one of: {', '.join(KINDS)}.", 400)
    owner = box().population.holder(phone) if isinstance(phone, str) else None
    if owner is None:
        raise AnswerWrong("Nobody has this phone.", 404)
    if not owner.has_app:
        raise AnswerWrong("This person is not in the mobile citizens base and has no digital documents.", 409)
    return box().presentations.show(owner.iin, str(kind))


def _owner(phone: str) -> Resident:
    return box().population.holder(phone) or abort(404)


def _page(owner: Resident, error: str = "", payload: str = "", picture: str | None = None) -> str:
    return render_template(
        "phone.html",
        owner=owner,
        messages=reversed(box().messages.of(owner.phone)),
        error=error,
        payload=payload,
        picture=picture,
    )
