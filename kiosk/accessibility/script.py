"""The spoken script of a page: which sentences are said, which are private, and where each one's sound is."""

import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from json import dumps, loads
from typing import Any

from flask import current_app, g
from flask_babel import get_locale
from markupsafe import Markup, escape

from kiosk.accessibility.prompts import Prompts
from kiosk.accessibility.speech import speakable


@dataclass(frozen=True)
class Private:
    """Words that name the person, the attachment, the doctor or the time."""

    text: str


@dataclass(frozen=True)
class Sentence:
    """One utterance: its words as spoken, its language, whether it is private, and its fixed clip if it has one."""

    text: str
    language: str
    private: bool
    clip: str | None

    @property
    def block(self) -> str:
        """A name that only this server can give: what `POST /voice` carries instead of words."""
        key = str(current_app.secret_key).encode()
        return hmac.new(key, f"{self.language}\x1f{self.text}".encode(), sha256).hexdigest()[:24]

    def plain(self) -> dict[str, Any]:
        """As the page carries it."""
        told: dict[str, Any] = {"text": self.text, "lang": self.language}
        told |= {"clip": self.clip} if self.clip else {"block": self.block}
        return told | ({"private": True} if self.private else {})


def private(text: object) -> Private:
    """Mark a sentence as private: into headphones freely, aloud only after the person agreed."""
    return Private(_bare(text))


def line(*said: object, at: str = "", when: str = "", language: str = "") -> Markup:
    """One line of a script, spoken while the element `at` (a CSS selector) is highlighted; `when` names an occasion."""
    attributes = says(*said, language=language) + _attribute("data-at", at) + _attribute("data-when", when)
    words = " ".join(one.text if isinstance(one, Private) else _bare(one) for one in said)
    return Markup("<p{}>{}</p>").format(attributes, words)


def says(*said: object, language: str = "") -> Markup:
    """The attribute that tells what an element says: what it is, and what Select does."""
    return _attribute("data-say", _told(said, language or _language()))


def says_of(*said: object) -> dict[str, str]:
    """The same attribute for a field that WTForms draws."""
    return {"data-say": _told(said, _language())}


def clips_in(script: str) -> list[dict[str, Any]]:
    """The sentences of a rendered script that have a clip, in their order: for a browser without scripts."""
    said = [one for told in re.findall(r'data-say="([^"]*)"', script) for one in loads(unescape(told))]
    return [one for one in said if one.get("clip")]


@contextmanager
def recorded() -> Iterator[dict[str, Sentence]]:
    """Collect the sentences that a page says while it is rendered, by block."""
    g.script = {}
    try:
        yield g.script
    finally:
        del g.script


def _told(said: tuple[object, ...], language: str) -> str:
    told = [sentence.plain() for sentence in _sentences(said, language)]
    return dumps(told, ensure_ascii=False, separators=(",", ":"))


def _sentences(said: tuple[object, ...], language: str) -> Iterator[Sentence]:
    prompts: Prompts = current_app.extensions["prompts"]
    for one in said:
        is_private = isinstance(one, Private)
        text = one.text if isinstance(one, Private) else _bare(one)
        if not text:
            continue
        spoken, clip = prompts.find(language, text) or (speakable(text, language), None)
        sentence = Sentence(spoken, language, is_private, None if is_private else clip)
        if "script" in g and sentence.clip is None:
            g.script[sentence.block] = sentence
        yield sentence


def _language() -> str:
    return str(get_locale() or "kk")


def _bare(text: object) -> str:
    return text.unescape().strip() if isinstance(text, Markup) else str(text).strip()


def _attribute(name: str, value: str) -> Markup:
    return Markup(' {}="{}"').format(name, escape(value)) if value else Markup("")
