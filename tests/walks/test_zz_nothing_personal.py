"""The last walk: after all the others, nothing that tells who was here lies anywhere but under a seal."""

import sqlite3
from collections.abc import Iterator

from tests.population import plain
from tests.walks.conftest import PEOPLE, SEEN_BY_BROWSERS, Product


def personal() -> set[str]:
    """Every IIN, document number, phone and surname of this run's population, as registers and as cards spell it."""
    found = {text for one in PEOPLE.values() for text in (one.iin, one.number, one.surname, str(plain(one)["phone"]))}
    return found | {"ULGIBAYEV"}


def columns(product: Product) -> Iterator[tuple[str, str]]:
    """Every value of the database as text, with the name of its table; what is sealed must be unreadable too."""
    with sqlite3.connect(f"file:{product.database}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    yield table, value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def found(places: Iterator[tuple[str, str]]) -> list[str]:
    wanted = personal()
    return sorted({place for place, text in places if any(one in text for one in wanted)})


def test_the_population_was_here(product: Product) -> None:
    """Else the tests below would look for nothing."""
    with sqlite3.connect(product.database) as database:
        assert database.execute("SELECT count(*) FROM journal_entry WHERE event = 'identified'").fetchone()[0] > 0
    assert len(SEEN_BY_BROWSERS) > 10


def test_no_log_line_names_anybody(product: Product) -> None:
    assert found(("log", line) for line in list(product.said)) == []


def test_no_address_no_cookie_and_no_storage_of_a_browser_names_anybody() -> None:
    assert found(("browser", text) for text in SEEN_BY_BROWSERS) == []


def test_no_column_of_the_database_names_anybody(product: Product) -> None:
    assert found(columns(product)) == []


def test_no_file_of_the_product_names_anybody(product: Product) -> None:
    wanted = [text.encode() for text in personal()]
    files = [path for path in product.database.parent.rglob("*") if path.is_file()]
    assert product.database in files
    named = [path.name for path in files if any(text in content for content in [path.read_bytes()] for text in wanted)]
    assert named == []
