"""The persons register: answers of the state database of natural persons and of its family service."""

from datetime import date
from uuid import uuid4

from lxml import etree

from kiosk import clock
from kiosk.config import HOME_ZONE
from kiosk.simulator.envelope import Question, elements, payload, stamp
from kiosk.simulator.faults import Fault
from kiosk.simulator.population import Paper, Resident
from kiosk.simulator.state import box

_SENDER = "GBDFL"
_FULL_AGE = 18
_SUCCESS = ("00000", "Успешно", "Сәтті")
_TOKEN_WRONG = ("00403", "Нет согласия", "Келісім жоқ")  # ours
_GENDER = {"male": ("1", "Мужской", "Ер"), "female": ("2", "Женский", "Әйел")}
_LIFE = {True: ("0", "Нормальный", "Қалыпты"), False: ("1", "Умер", "Қайтыс болған")}
_KIND = {
    "passport": ("001", "Паспорт", "Паспорт"),
    "identity_card": ("002", "Удостоверение личности", "Жеке куәлік"),
    "residence_permit": ("003", "Вид на жительство", "Тұруға ықтиярхат"),
    "stateless_certificate": ("004", "Удостоверение лица без гражданства", "Азаматтығы жоқ адамның куәлігі"),
    "birth_certificate": ("005", "Свидетельство о рождении", "Туу туралы куәлік"),
}
_STATUS = {
    "valid": ("00", "Действителен", "Жарамды"),
    "invalid": ("07", "Негоден", "Жарамсыз"),
    "replaced": ("17", "Заменён", "Ауыстырылған"),
    "expired": ("10", "Срок истёк", "Мерзімі өткен"),  # ours
}
_UNKNOWN = ("99", "Неизвестно", "Белгісіз")
_ISSUER = ("002", "Министерство внутренних дел", "Ішкі істер министрлігі")
_CITIZENSHIP = ("398", "Казахстан", "Қазақстан")


def answer(question: Question, fault: Fault) -> etree._Element:
    """The person with the asked IIN, as this fault has it."""
    population, iin = box().population, question.said("iin")
    resident = population.find(iin)
    result = _SUCCESS if _permitted(question) else _TOKEN_WRONG
    if fault.mode == "wrong":
        resident = population.without(iin)
    found = [_person(resident)] if resident and result is _SUCCESS else []
    if fault.mode == "wrong" and not found:
        result = _UNKNOWN
    if fault.mode == "twice":
        found *= 2
    head = elements(
        ("messageId", str(uuid4())),
        ("messageDate", stamp()),
        ("requestId", question.said("messageId")),
        ("sender", _SENDER),
        ("receiver", question.said("senderCode")),
        ("messageResult", _code(result)),
        ("persons", found),
    )
    return payload("Response", head)


def answer_family(question: Question, fault: Fault) -> etree._Element:
    """The children of the asked IIN."""
    asked = question.said("iin")
    resident = box().population.find(asked)
    result = _SUCCESS if _permitted(question) else _TOKEN_WRONG
    children = resident.children if resident and result is _SUCCESS else ()
    if fault.mode == "twice":
        children *= 2
    head = elements(
        ("messageId", str(uuid4())),
        ("messageDate", stamp()),
        ("requestId", question.said("messageId")),
        ("messageResult", _code(result)),
        ("iin", asked),
        ("children", [child for iin in children for child in elements(("child", elements(("iin", iin))))]),
    )
    return payload("Response", head)


def _permitted(question: Question) -> bool:
    """A question without a token stands on the presented card; one with a token needs a consent that opens it."""
    token, asked = question.said("kdpToken"), question.said("iin")
    owner = box().consents.owner(token)
    return not token or owner == asked or _is_minor_of(owner or "", asked)


def _is_minor_of(owner: str, asked: str) -> bool:
    """Whether the owner's consent opens a registered child under 18 too (ours: nothing is published about it)."""
    parent, child = box().population.find(owner), box().population.find(asked)
    if parent is None or child is None or asked not in parent.children:
        return False
    today, born = clock.today(HOME_ZONE), child.birth_date
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < _FULL_AGE


def _person(one: Resident) -> etree._Element:
    return elements(
        (
            "person",
            elements(
                ("iin", one.iin),
                ("surname", one.surname),
                ("name", one.name),
                ("patronymic", one.patronymic or None),
                ("birthDate", one.birth_date.isoformat()),
                ("gender", _code(_GENDER.get(one.sex, _UNKNOWN))),
                ("citizenship", _code(_CITIZENSHIP)),
                ("lifeStatus", _code(_LIFE[one.alive])),
                ("documents", [_document(paper) for paper in one.documents]),
                ("phone", one.phone or None),
            ),
        )
    )[0]


def _document(paper: Paper) -> etree._Element:
    return elements(
        (
            "document",
            elements(
                ("type", _code(_KIND.get(paper.kind, _UNKNOWN))),
                ("number", paper.number),
                ("beginDate", _day(paper.issued)),
                ("endDate", _day(paper.expires)),
                ("issueOrganization", _code(_ISSUER)),
                ("status", _code(_STATUS.get(paper.status, _UNKNOWN))),
            ),
        )
    )[0]


def _code(group: tuple[str, str, str]) -> list[etree._Element]:
    code, russian, kazakh = group
    return elements(("code", code), ("nameRu", russian), ("nameKz", kazakh))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
