"""The journey: the steps in order, who may enter which, and where the way leads next."""

from kiosk.patient.visit import Visit

STEPS = ("identify", "attachment", "doctor", "slot", "confirm", "ticket")


def may_enter(visit: Visit | None, step: str, holds: bool = False) -> bool:
    """Whether this visit has told us enough for `step`; `holds` says whether it holds a slot."""
    if step == "identify":
        return True
    if visit is None:
        return False
    if step == "attachment":
        return visit.actor is not None or visit.stop is not None
    if visit.attached is None or visit.patient is None:
        return False
    needs = {"slot": visit.doctor_id is not None, "confirm": holds, "ticket": visit.ticket is not None}
    return needs.get(step, True)


def first_unfinished(visit: Visit | None, holds: bool = False) -> str:
    """The step that this visit should be at: where a jump that is not allowed is led to."""
    if visit is not None and visit.presented is not None:
        return "document"
    if visit is None or (visit.actor is None and visit.stop is None):
        return "identify" if visit and visit.draft else "welcome"
    if visit.attached is None:
        return "attachment"
    if visit.ticket:
        return "ticket"
    return "confirm" if holds else "slot" if visit.doctor_id else "attachment"
