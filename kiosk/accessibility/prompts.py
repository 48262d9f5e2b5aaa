"""Fixed prompts: every sentence without a blank that the patient's door can show or say, as a clip per language.

The list is read from the templates and the code at build time, so it cannot be forgotten.
"""

from collections.abc import Callable, Iterator, Mapping
from json import dumps, loads
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.support import Translations

from kiosk.accessibility import own_words
from kiosk.accessibility.speech import speakable
from kiosk.accessibility.voices import PromptReport, VoiceTable, build_prompts
from kiosk.config import ROOT

LANGUAGES = ("kk", "ru", "en")
CLIPS = ROOT / "build" / "voice"
INDEX = "prompts.json"
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
}
HEARD = (
    "templates/patient/",
    "templates/components/",
    "templates/layouts/patient.html",
    "templates/errors/",
    "kiosk/patient/",
    "kiosk/accessibility/",
    "kiosk/errors.py",
)

Index = Mapping[str, Mapping[str, tuple[str, str]]]


class Prompts:
    """What was built: for each language, the visible sentence -> its spoken words and the name of its clip."""

    def __init__(self, index: Index, directory: Path = CLIPS) -> None:
        self._index = index
        self.directory = directory

    @classmethod
    def load(cls, directory: Path = CLIPS) -> "Prompts":
        """The prompts that `make voice` has built; none where it has not run: then all is spoken on request."""
        path = directory / INDEX
        plain = loads(path.read_text()) if path.is_file() else {}
        return cls({language: {k: (v[0], v[1]) for k, v in texts.items()} for language, texts in plain.items()})

    def find(self, language: str, text: str) -> tuple[str, str] | None:
        """The spoken words and the clip of a visible sentence, if it is a fixed one."""
        return self._index.get(language, {}).get(text)

    def all(self) -> Iterator[tuple[str, str, str]]:
        """Every prompt: language, spoken words, clip."""
        return ((language, *found) for language, texts in self._index.items() for found in texts.values())


def fixed_texts(root: Path = ROOT) -> dict[str, list[str]]:
    """Every sentence without a blank, as each language's catalogue has it; KeyError where one has no words."""
    messages = sorted({*_messages(root / "templates", root), *_messages(root / "kiosk", root)})
    return {
        code: [*_translated(messages, code, root), *(words[code] for words in own_words.EVERY)] for code in LANGUAGES
    }


def build(
    directory: Path = CLIPS,
    table: VoiceTable | None = None,
    root: Path = ROOT,
    tell: Callable[[int, int], None] = lambda done, whole: None,
) -> PromptReport:
    """Make the clips that are missing, and the index that names them all; `tell` hears how far it is."""
    table = table or VoiceTable()
    spoken = {code: {text: speakable(text, code) for text in texts} for code, texts in fixed_texts(root).items()}
    report = build_prompts({code: list(texts.values()) for code, texts in spoken.items()}, directory, table, tell)
    index = {
        code: {text: (words, table.clip_hash(code, words)) for text, words in texts.items()}
        for code, texts in spoken.items()
    }
    half = directory / f"{INDEX}.half"
    half.write_text(dumps(index, ensure_ascii=False, indent=0))
    half.replace(directory / INDEX)
    return report


def _messages(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    found = extract_from_dir(folder, METHODS, OPTIONS, KEYWORDS)
    for name, _line, message, _comments, context in found:
        path = (folder / name).relative_to(root).as_posix()
        if not path.startswith(HEARD) or not isinstance(message, str) or "%(" in message or not message:
            continue
        yield context or "", message


def _translated(messages: list[tuple[str, str]], language: str, root: Path) -> list[str]:
    words = Translations.load(root / "translations", [language])
    texts = dict.fromkeys(
        words.upgettext(context, message) if context else words.ugettext(message) for context, message in messages
    )
    return [text for text in texts if any(sign.isalnum() for sign in text)]
