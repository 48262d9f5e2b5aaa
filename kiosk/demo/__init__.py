"""The demo: 33 sample clinics, one of them with a kiosk, doctors and free times; loaded at every demo start."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.clinic.publishing import publish
from kiosk.config import PanelSize
from kiosk.demo import doctors, fullness, places
from kiosk.demo.accounts import accounts, settle_accounts
from kiosk.demo.places import demo_device_token
from kiosk.sealing import Keys

__all__ = ["accounts", "demo_device_token", "load"]

HORIZON_DAYS = 14


def load(session: Session, keys: Keys, now: datetime, panel: PanelSize | None) -> None:
    """Make the demo complete as of `now`, inside the caller's transaction; a second time adds only what is missing.

    What somebody changed in the demo since is left alone, but for the glass of the kiosk (`panel`) and the one
    leave, which always covers the present.
    """
    places.settle_organisations(session)
    kiosk = places.settle_kiosk(session, keys, panel, now)
    building = kiosk.building
    settle_accounts(session, keys, building.organisation_id, now)
    today = now.astimezone(ZoneInfo(building.zone)).date()
    doctors.settle_doctors(session, building.organisation_id)
    doctors.send_on_leave(session, building.organisation_id, today)
    publish(session, building.organisation_id, today, today + timedelta(days=HORIZON_DAYS), now)
    for doctor in doctors.marked(session, building.organisation_id, "full"):
        fullness.fill(session, keys, doctor, kiosk.id, now)
