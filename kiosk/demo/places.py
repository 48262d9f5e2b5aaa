"""Where the demo happens: the sample clinics, two buildings of one of them, and its kiosk."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.clinic.calendar import STANDARD_HOURS
from kiosk.clinic.names import Names
from kiosk.clinic.places import Building, Kiosk, KioskDevice, Organisation, device_hash
from kiosk.clinic.sample_documents import SampleDocument
from kiosk.config import PanelSize
from kiosk.demo import reading
from kiosk.sealing import Keys, keyed_hash


def demo_device_token(keys: Keys) -> str:
    """The device cookie that makes any browser the demo kiosk: the same at every start with the same keys."""
    return keyed_hash(keys.demo_kiosk, "demo kiosk device")


def settle_organisations(session: Session) -> None:
    """Add the sample clinics that are missing."""
    known = set(session.scalars(select(Organisation.code)))
    for row in reading.clinics():
        if row.code not in known:
            sample = Organisation(
                code=row.code, names=row.names, address=row.address, phones=row.phones, is_sample=True
            )
            session.add(sample)
    session.flush()


def buildings(session: Session, organisation_id: int) -> dict[str, Building]:
    """The demo clinic's buildings by their key in clinic.toml."""
    rows = session.scalars(select(Building).where(Building.organisation_id == organisation_id).order_by(Building.id))
    return dict(zip(reading.clinic()["buildings"], rows, strict=False))


def settle_kiosk(session: Session, keys: Keys, panel: PanelSize | None, now: datetime) -> Kiosk:
    """The demo kiosk, made with its buildings if it is missing, with this `panel` and with its device cookie."""
    kiosk = _find_kiosk(session) or _make_kiosk(session)
    if panel is not None:
        kiosk.settings = {**kiosk.settings, **{f"panel_{name}": value for name, value in asdict(panel).items()}}
    token_hash = device_hash(demo_device_token(keys))
    if session.scalar(select(KioskDevice).where(KioskDevice.token_hash == token_hash)) is None:
        session.add(KioskDevice(kiosk_id=kiosk.id, token_hash=token_hash, enrolled_at=now))
    session.flush()
    return kiosk


def _find_kiosk(session: Session) -> Kiosk | None:
    query = select(Kiosk).join(Building, Kiosk.building_id == Building.id)
    query = query.join(Organisation, Building.organisation_id == Organisation.id)
    return session.scalar(query.where(Organisation.code == reading.clinic()["organisation"]).order_by(Kiosk.id))


def _make_kiosk(session: Session) -> Kiosk:
    plain = reading.clinic()
    organisation = session.scalars(select(Organisation).where(Organisation.code == plain["organisation"])).one()
    made = {key: _building(organisation.id, facts) for key, facts in plain["buildings"].items()}
    for building in made.values():  # one by one: their ids tell them apart later
        session.add(building)
        session.flush()
    for place, one in enumerate(plain["samples"], 1):
        titles, texts = (
            Names(**{code: text.strip() for code, text in one[name].items()}) for name in ("titles", "texts")
        )
        session.add(SampleDocument(organisation_id=organisation.id, position=place, titles=titles, texts=texts))
    facts = plain["kiosk"]
    kiosk = Kiosk(
        building_id=made[facts["building"]].id,
        names=Names(**facts["names"]),
        settings=facts["settings"],
        ways=facts["ways"],
    )
    session.add(kiosk)
    session.flush()
    return kiosk


def _building(organisation_id: int, facts: dict[str, Any]) -> Building:
    return Building(
        organisation_id=organisation_id,
        names=Names(**facts["names"]),
        address=Names(**facts["address"]),
        hours=[list(hours) if hours else None for hours in STANDARD_HOURS],
        facts=facts["facts"],
    )
