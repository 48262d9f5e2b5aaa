"""/confirm : everything read back; one button books."""

from typing import Any

from flask import g, render_template, request

from kiosk.clinic import booking, slots, unconfirmed
from kiosk.clinic.obstacles import AlreadyBooked, AppointmentUnknown, CardNeeded, Obstacle, VisitEnded
from kiosk.database import settle
from kiosk.patient.acts import act, may_change_earlier, period, relied
from kiosk.patient.blueprint import door, go, not_offered, offered, step
from kiosk.patient.doctor import choosable
from kiosk.patient.here import forget, held, here, keep, keys, visit
from kiosk.patient.slot import lost


@door.get("/confirm")
@step("confirm")
def confirm() -> Any:
    """Read back who, doctor, date, time and place."""
    return render_template("patient/confirm.html", slot=held())


@door.post("/confirm")
def confirmed() -> Any:
    """Book, or move; twice the same press is one booking."""
    now = visit()
    if now is None or now.attached is None:
        return go("welcome")
    if not offered("confirm"):
        return not_offered()
    wanted = request.form.get("slot", "")
    ident = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 16 else 0
    try:
        return _book(ident)
    except (AlreadyBooked, CardNeeded, AppointmentUnknown) as reason:
        return go("appointments", again=type(reason).__name__)
    except VisitEnded:
        forget()
        return go("welcome")
    except Obstacle as reason:
        return lost(ident, reason)


def _book(slot_id: int) -> Any:
    moving = g.visit.moving

    def deed(work: Any) -> None:
        doing = act(work, "confirm")
        _hold_again(work, slot_id, doing)
        if moving:
            made = booking.move(work, moving, slot_id, doing, may_change_earlier())
        else:
            made = booking.book(work, slot_id, doing)
        found = relied(g.visit)
        if found is not None:
            unconfirmed.mark(work, keys(), made, found, here().organisation.id, here().now)
        g.visit.ticket, g.visit.moving, g.visit.answered = made.ref, None, True
        keep(work)

    settle(deed)
    return go("ticket")


def _hold_again(work: Any, slot_id: int, doing: booking.Act) -> None:
    """What this page showed may have been let go in another tab: take it again, if it is still free."""
    held_now = held()
    if booking.find_made(work, slot_id, doing) is None and (held_now is None or held_now.id != slot_id):
        own, others = choosable()
        slots.hold(work, slot_id, [one.id for one in ([own] if own else []) + others], period())
