"""Names of things in the three languages of the service."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True)
class Names:
    """One name in Kazakh, Russian and English."""

    kk: str
    ru: str
    en: str

    def in_(self, language: str) -> str:
        """The name in `language` (kk, ru or en); raises AttributeError for another."""
        text: str = getattr(self, language)
        return text


class NamesColumn(TypeDecorator[Names]):
    """Names kept as one JSON text; they are shown, never searched."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Names | None, dialect: Dialect) -> str | None:
        """To JSON."""
        return None if value is None else json.dumps(asdict(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Names | None:
        """From JSON."""
        return None if value is None else Names(**json.loads(value))
