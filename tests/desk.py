"""A member of staff in a test: signs in with password and code, and fills in forms as a browser would."""

from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import select

from kiosk import clock, demo
from kiosk.clinic.journal import JournalEntry
from kiosk.database import db
from kiosk.sealing import Keys
from tests.client import Page, Patient, words
from tests.factories import Somebody

ROLES = ("registrar", "schedules", "building", "organisation", "auditor")


class Desk(Patient):
    """Somebody at the second door."""

    def __init__(self, app: Flask, login: str = "") -> None:
        client: FlaskClient = app.test_client()
        super().__init__(client)
        self.accounts = {one.login: one for one in demo.accounts(Keys.of(app.extensions["settings"].master_key))}
        if login:
            self.sign_in(login)

    def sign_in(self, account_of: str, **typed: str) -> Page:
        self.get("/staff/login")
        return self.fill(**{**self.credentials(account_of), **typed})

    def credentials(self, account_of: str) -> dict[str, str]:
        """What somebody types to sign in now."""
        account = self.accounts[account_of]
        code = TOTP(account.totp_secret).at(clock.now())
        return {"login": account_of, "password": account.password, "code": code}

    def fill(self, button: str = "next", **typed: Any) -> Page:
        """Type into the form of #button, leave the rest as it is shown, and press."""
        control = self.page.by_id(button)
        assert control is not None, f"no #{button} on {self.page.path}: {self.page.words[:300]}"
        form = self.page.form_of(button)
        shown = shown_values(form)
        for name, value in typed.items():
            assert name in shown or name in names_in(form), f"no field {name} on {self.page.path}: {sorted(shown)}"
            shown[name] = value
        if control.get("name"):
            shown[control.get("name", "")] = control.get("value", "")
        shown = {name: value for name, value in shown.items() if value is not None}
        action = control.get("formaction") or form.get("action", "")
        return self.post(action, shown, with_token=False)

    def save(self, **typed: Any) -> Page:
        """Fill in, and agree to what the page before saving says it does, where there is one."""
        self.fill(**typed)
        return self.agree() if self.page.all("input", name="agreed") else self.page

    def agree(self) -> Page:
        """Save what the page before saving shows."""
        assert self.page.all("input", name="agreed"), f"nothing to agree to on {self.page.path}"
        return self.press("next")


def names_in(form: Element) -> set[str]:
    return {one.get("name", "") for tag in ("input", "select", "textarea") for one in form.iter(tag)}


def shown_values(form: Element) -> dict[str, Any]:
    """What a browser would send: typed texts, ticked boxes, chosen options."""
    values: dict[str, Any] = {}
    for one in form.iter("input"):
        name, kind = one.get("name"), one.get("type", "text")
        if not name or kind in ("submit", "button"):
            continue
        if kind in ("checkbox", "radio"):
            if one.get("checked") is None:
                continue
            if kind == "checkbox" and name in values:
                values[name] = [*([values[name]] if isinstance(values[name], str) else values[name]), one.get("value")]
                continue
            values[name] = one.get("value", "on")
        else:
            values[name] = one.get("value", "")
    for one in form.iter("textarea"):
        values[one.get("name", "")] = "".join(one.itertext())
    for one in form.iter("select"):
        options = list(one.iter("option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        values[one.get("name", "")] = chosen[0].get("value", words(chosen[0])) if chosen else ""
    return values


def entries(app: Flask, event: str) -> list[JournalEntry]:
    """What this test wrote into the journal."""
    with app.app_context():
        found = select(JournalEntry).where(JournalEntry.event == event, JournalEntry.channel != "demo")
        return list(db.session.scalars(found.order_by(JournalEntry.sequence)))


def at_the_window(app: Flask, somebody: Somebody, login: str = "registrar", **typed: str) -> Desk:
    """Somebody who has told their numbers at the window."""
    desk = Desk(app, login)
    desk.get("/staff/window")
    desk.fill(**{"iin": somebody.iin, "document_number": somebody.number, **typed})
    return desk


def book_first(desk: Desk, which: int = 0) -> None:
    """The first doctor's first time on one of the days."""
    doctors = [
        one
        for one in desk.page.all("a")
        if "times?doctor=" in one.get("href", "") and "move" not in one.get("href", "")
    ]
    desk.get(doctors[0].get("href", ""))
    days = [one for one in desk.page.all("a") if "day=" in one.get("href", "")]
    desk.get(days[which].get("href", ""))
    desk.press_value("slot")
