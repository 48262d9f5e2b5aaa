"""A small clinic in memory, without the database's own guards: what the rules alone do."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kiosk.clinic import records
from kiosk.database import Base
from tests.clinic import Place, build

assert records.__all__  # every table is known before they are made


@pytest.fixture
def memory() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def place(memory: Session) -> Place:
    return build(memory)
