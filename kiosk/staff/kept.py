"""A form that came after its session had ended: sealed into the sign-in page, for the account that had been signed in.

Whoever was at the abandoned desk may have changed it: what would be sent is shown before anybody sends it.
"""

import base64
import binascii
from datetime import datetime

from flask import render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from kiosk.clinic.sign_in import WORKING_DAY
from kiosk.clinic.staff import StaffMember
from kiosk.sealing import Broken, seal, unseal
from kiosk.staff.blueprint import keys, now

LONGEST = 40 * 1024  # of the seal's text: the sign-in page is a small form, to the server and to the proxy
_SECRETS = ("csrf_token", "password", "new_password", "code")
_OF_THE_SESSION = ("logout", "alive")


def may_be_kept(endpoint: str) -> bool:
    """Whether a form of this endpoint can still do what its sender meant, after signing in once more."""
    # Whom the window served belonged to the ended session: only who comes next may be sent late.
    of_the_window = endpoint.startswith("window_") and endpoint != "window_identified"
    return endpoint not in _OF_THE_SESSION and not of_the_window


def typed() -> list[tuple[str, str]]:
    """What this request's form says, but for secrets; files are no part of it."""
    return [(name, text) for name, text in request.form.items(multi=True) if name not in _SECRETS]


def send_again(path: str, fields: list[tuple[str, str]], is_late: bool = False) -> str:
    """The page from which `fields` are sent to `path` by one press; `is_late`: it says them, for they may be old."""
    return render_template("staff/send_again.html", path=path, typed=fields, is_late=is_late)


def keep(whose: StaffMember) -> str:
    """This request's form as text that opens for `whose` alone; empty where it is too long to carry along."""
    try:
        form = {"path": request.full_path.rstrip("?"), "fields": typed(), "at": now().isoformat()}
    except RequestEntityTooLarge:
        return ""
    sealed = base64.urlsafe_b64encode(seal(keys().staff, form, _bound_to(whose))).decode()
    return sealed if len(sealed) <= LONGEST else ""


def give_back(kept: str, whose: StaffMember) -> str | None:
    """The page to send a kept form from; None for what was not kept for `whose`, or longer ago than a working day."""
    try:
        form = unseal(keys().staff, base64.urlsafe_b64decode(kept), _bound_to(whose))
    except (Broken, binascii.Error, ValueError):
        return None
    if now() - datetime.fromisoformat(form["at"]) > WORKING_DAY:
        return None
    return send_again(form["path"], [(name, text) for name, text in form["fields"]], is_late=True)


def _bound_to(whose: StaffMember) -> str:
    return f"form of {whose.ref}"
