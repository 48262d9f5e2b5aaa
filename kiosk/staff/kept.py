"""A form that came after its session had ended: sealed into the sign-in page, for whoever had typed it alone."""

import base64
import binascii

from flask import render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk.clinic.staff import StaffMember
from kiosk.sealing import Broken, seal, unseal
from kiosk.staff.blueprint import keys

LONGEST = 256 * 1024
_SECRETS = ("csrf_token", "password", "new_password", "code", "kept")


def typed() -> list[tuple[str, str]]:
    """What this request's form says, but for secrets; files are no part of it."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in _SECRETS]


def send_again(path: str, fields: list[tuple[str, str]]) -> str:
    """The page from which `fields` are sent to `path` by one press."""
    return render_template("staff/send_again.html", path=path, typed=fields)


def keep(whose: StaffMember) -> str:
    """This request's form as text that opens for `whose` alone; empty where it is too long to carry along."""
    try:
        fields = typed()
    except RequestEntityTooLarge:
        return ""
    if sum(len(name) + len(text) for name, text in fields) > LONGEST:
        return ""
    form = {"path": request.full_path.rstrip("?"), "fields": fields}
    return base64.urlsafe_b64encode(seal(keys().staff, form, _bound_to(whose))).decode()


def give_back(kept: str, whose: StaffMember) -> str | None:
    """The page to send a kept form from; None for what was not kept for `whose`."""
    try:
        form = unseal(keys().staff, base64.urlsafe_b64decode(kept), _bound_to(whose))
    except (Broken, binascii.Error, ValueError):
        return None
    return send_again(form["path"], [(name, text) for name, text in form["fields"]])


def _bound_to(whose: StaffMember) -> str:
    return f"form of {whose.ref}"
