"""The clinic's own list of its attached people: what a kiosk goes by where the state registers cannot be asked."""

from kiosk.clinic.local_list.records import LocalList, LocalPerson, LocalProblem, Member, find_current, find_member

__all__ = ["LocalList", "LocalPerson", "LocalProblem", "Member", "find_current", "find_member"]
