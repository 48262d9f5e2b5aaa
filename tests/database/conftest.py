"""A fresh migrated database on each engine for each test, and a small clinic in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session

from kiosk import migrations
from kiosk.clinic.people import Patient
from kiosk.clinic.records import Doctor, Slot
from kiosk.clinic.schedule import DoctorKind
from kiosk.database import db, transaction
from tests.clinic import MORNING, QUARTER, Place, admit, build, employ, offer
from tests.database.engines import ENGINES, PostgreSQL, application, copied

_numbers = count()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.stop()


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def server(engine_name: str, request: pytest.FixtureRequest) -> PostgreSQL | None:
    return request.getfixturevalue("postgresql") if engine_name == "postgresql" else None


@pytest.fixture(scope="session")
def template(server: PostgreSQL | None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that the real migrations have made."""
    if server is None:
        url = f"sqlite:///{tmp_path_factory.mktemp('template') / 'kiosk.sqlite3'}"
    else:
        name = f"migrated_{next(_numbers)}"  # the engines take turns where files do: a name is used once
        server.tell(f"CREATE DATABASE {name}")
        url = server.url(name)
    engine = create_engine(url)
    migrations.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def url(server: PostgreSQL | None, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh database."""
    name = f"test_{next(_numbers)}"
    if server is None:
        yield copied(template, str(tmp_path_factory.mktemp("fresh") / "kiosk.sqlite3"), None)
    else:
        yield copied(template, name, server)
        server.tell(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The application's engine, with its context, as a request has it."""
    with application(url).app_context():
        yield db.engine
        db.session.remove()
        db.engine.dispose()


@dataclass
class Clinic:
    """The ids of a small clinic with two doctors of different kinds at the same quarters of one morning."""

    place: Place
    therapist: int
    general: int
    mornings: list[int] = field(default_factory=list)
    same_time: list[int] = field(default_factory=list)
    patients: list[int] = field(default_factory=list)


@pytest.fixture
def clinic(engine: Engine) -> Clinic:
    with transaction() as work:
        place = build(work)
        first, second = employ(work, place), employ(work, place, DoctorKind.GENERAL_PRACTITIONER, "102")
        quarters = [MORNING + QUARTER * step for step in range(4)]
        return Clinic(
            place,
            first.id,
            second.id,
            [offer(work, first.id, one).id for one in quarters],
            [offer(work, second.id, one).id for one in quarters],
            [admit(work, running).id for running in (1, 2, 3)],
        )


def slot(session: Session, ident: int) -> Slot:
    return session.scalars(select(Slot).where(Slot.id == ident).execution_options(populate_existing=True)).one()


def patient(session: Session, clinic: Clinic, number: int = 0) -> Patient:
    return session.get_one(Patient, clinic.patients[number])


def doctor(session: Session, ident: int) -> Doctor:
    return session.get_one(Doctor, ident)


def count_of(session: Session, table: str, where: str = "1 = 1") -> int:
    return int(session.execute(text(f"SELECT count(*) FROM {table} WHERE {where}")).scalar_one())
