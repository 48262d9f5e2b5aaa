"""/staff/kiosks/<id>/... : what staff do to one machine: enrol, revoke, test, and say that its errors are seen to."""

from typing import Any

from flask import session

from kiosk.accessibility.keypad import OF_OTHER_PARTS, kiosk_table
from kiosk.clinic import key_test, kiosks, self_test
from kiosk.database import transaction
from kiosk.staff.acts import changed
from kiosk.staff.blueprint import door, go, now
from kiosk.staff.kiosks import kiosk_or_403


@door.post("/kiosks/<int:ident>/code")
def kiosk_code(ident: int) -> Any:
    """A one-time code for the kiosk's own screen; it is shown once, on the next page."""
    kiosk_or_403(ident)
    with transaction() as work:
        code = kiosks.make_code(work, ident, now())
        changed(work, f"kiosk {ident} code", {}, {"code": "made"})
    session["enrolment_code"] = [ident, code]
    return go("kiosk", ident=ident)


@door.post("/kiosks/<int:ident>/revoke")
def kiosk_revoked(ident: int) -> Any:
    """Take the device cookie back: the machine is stolen or replaced."""
    kiosk_or_403(ident)
    with transaction() as work:
        kiosks.revoke(work, ident, now())
        changed(work, f"kiosk {ident} device", {"enrolled": True}, {"enrolled": False})
    return go("kiosk", ident=ident, done="saved")


@door.post("/kiosks/<int:ident>/looked-after")
def kiosk_looked_after(ident: int) -> Any:
    """Somebody has seen to this kiosk's errors: count from nought again."""
    kiosk_or_403(ident)
    with transaction() as work:
        before = kiosks.forget_errors(work, ident)
        changed(work, f"kiosk {ident} errors", {"errors": before}, {"errors": 0})
    return go("kiosk", ident=ident, done="saved")


@door.post("/kiosks/<int:ident>/test")
def kiosk_tested(ident: int) -> Any:
    """Let a kiosk test its voices and its sound within a minute, before an empty first screen."""
    kiosk_or_403(ident)
    with transaction() as work:
        self_test.ask(work, ident)
        changed(work, f"kiosk {ident} self-test", {}, {"self-test": "asked"})
    return go("kiosk", ident=ident, done="test")


@door.post("/kiosks/<int:ident>/test-keys")
def kiosk_keys_tested(ident: int) -> Any:
    """Let a kiosk ask for each key of its keypad, within a minute, before an empty first screen."""
    settings = kiosk_or_403(ident).effective_settings()
    table = kiosk_table(settings.keypad, settings.keypad_keys, {})
    wanted = [name for name, codes in table.items() if codes and name not in OF_OTHER_PARTS]
    with transaction() as work:
        key_test.ask(work, ident, wanted, now())
        changed(work, f"kiosk {ident} keys", {}, {"test of the keys": "asked"})
    return go("kiosk", ident=ident, done="keys")
