"""Days without a free time are the clinic's days, whatever zone the database server lives in."""

from datetime import timedelta

from sqlalchemy import Engine, select, text

from kiosk.clinic.full_days import DoctorDay, Period, close_days, full_days
from kiosk.clinic.journal_search import Scope
from kiosk.clinic.records import Slot
from kiosk.clinic.schedule import BOOKED
from kiosk.database import transaction
from tests.clinic import MORNING
from tests.database.conftest import Clinic, doctor


def test_a_full_morning_is_a_full_day_of_that_date(engine: Engine, clinic: Clinic) -> None:
    with transaction() as work:
        if engine.dialect.name == "postgresql":
            work.execute(text("SET LOCAL TIME ZONE 'America/Los_Angeles'"))  # there it is the day before
        for one in work.scalars(select(Slot).where(Slot.doctor_id == clinic.therapist)):
            one.status = BOOKED
        work.flush()
        doctors = [doctor(work, clinic.therapist), doctor(work, clinic.general)]
        scope, day = Scope(clinic.place.organisation, None, "Asia/Almaty"), MORNING.date()
        before, on_the_day = Period(day - timedelta(days=1), day - timedelta(days=1)), Period(day, day)

        def told(period: Period) -> list[tuple[int, int, int]]:
            return [(one.doctor.id, one.days, one.full) for one in full_days(work, scope, doctors, period)]

        full = [(clinic.therapist, 1, 1), (clinic.general, 1, 0)]
        assert (told(before), told(on_the_day)) == ([(one.id, 0, 0) for one in doctors], full)
        close_days(work, MORNING + timedelta(days=1))
        assert len(work.scalars(select(DoctorDay)).all()) == 2
        assert told(on_the_day) == full, "as it was kept"
