"""The key table: which key of which keypad does what; the page and the tests read this and no other."""

from collections.abc import Mapping
from types import MappingProxyType

Table = Mapping[str, tuple[str, ...]]

FUNCTIONS = (
    "previous_item",
    "next_item",
    "previous_screen",
    "next_screen",
    "select",
    "repeat",
    "pause",
    "where_am_i",
    "slower",
    "faster",
    "quieter",
    "louder",
    "sound",
    "language",
    "learn",
    "staff",
    "switch_move",
    "switch_select",
    "jack_in",
    "jack_out",
)

WALKING = ("previous_item", "next_item", "previous_screen", "next_screen", "select")
OF_OTHER_PARTS = ("switch_move", "switch_select", "jack_in", "jack_out")  # no keys of the keypad itself
NO_KEY = "-"
STANDARD = "standard"
MODELS: Mapping[str, Table] = MappingProxyType(
    {
        STANDARD: {
            "previous_item": ("ArrowUp",),
            "next_item": ("ArrowDown",),
            "previous_screen": ("ArrowLeft",),
            "next_screen": ("ArrowRight",),
            "select": ("Enter", "NumpadEnter"),
            "repeat": ("KeyE",),
            "pause": ("KeyP",),
            "where_am_i": ("KeyW",),
            "slower": ("Comma",),
            "faster": ("Period",),
            "quieter": ("Minus",),
            "louder": ("Equal",),
            "sound": ("KeyM",),
            "language": ("KeyL",),
            "learn": ("KeyR",),
            "staff": ("KeyS",),
            "switch_move": ("Digit1", "BracketLeft"),
            "switch_select": ("Digit2", "BracketRight"),
            "jack_in": ("F23",),
            "jack_out": ("F24",),
        },
        "function-keys": {  # a keypad programmed so that it never sends a character
            "previous_item": ("F13",),
            "next_item": ("F14",),
            "previous_screen": ("F15",),
            "next_screen": ("F16",),
            "select": ("F17",),
            "repeat": ("F18",),
            "learn": ("F19",),
            "slower": ("F20",),
            "faster": ("F21",),
            "louder": ("F22",),
            "jack_in": ("F23",),
            "jack_out": ("F24",),
        },
    }
)


def key_table(model: str = STANDARD, changes: Mapping[str, object] | None = None) -> Table:
    """Function -> codes of `event.code` for a keypad model, after one kiosk's `changes`.

    Raises KeyError for an unknown model or function: a misspelling must not leave a key dead in silence. A code that
    a change gives to another function leaves the function that had it.
    """
    table = {function: MODELS[model].get(function, ()) for function in FUNCTIONS}
    for function, codes in (changes or {}).items():
        if function not in table:
            raise KeyError(function)
        wanted = _codes(codes)
        table = {name: tuple(code for code in kept if code not in wanted) for name, kept in table.items()}
        table[function] = wanted
    return table


def changes_from(text: str) -> dict[str, tuple[str, ...]]:
    """A kiosk's changes as they are kept: `select=F18 next_item=F14,KeyN repeat=-`; raises KeyError for what is not."""
    changes = {}
    for word in text.split():
        function, found, codes = word.partition("=")
        named = () if codes == NO_KEY else tuple(codes.split(","))
        wanted = tuple(code for code in named if is_code(code))
        if not found or function not in FUNCTIONS or wanted != named:
            raise KeyError(word)
        changes[function] = wanted
    return changes


def changes_to(model: str, table: Table) -> str:
    """What turns a model's keys into this `table`, as `changes_from` reads it."""
    usual = key_table(model)
    return " ".join(f"{name}={','.join(table[name]) or NO_KEY}" for name in FUNCTIONS if table[name] != usual[name])


def kiosk_table(model: str, changes: str, learnt: Mapping[str, str]) -> Table:
    """The table of one kiosk with the switches a person taught it; a setting that cannot be read changes nothing."""
    try:
        settled: Mapping[str, object] = changes_from(changes)
    except KeyError:
        settled = {}
    return key_table(model if model in MODELS else STANDARD, {**settled, **learnt})


def function_of(table: Table, code: str) -> str | None:
    """What the key `code` does, or None."""
    return next((function for function, codes in table.items() if code in codes), None)


def is_code(text: str) -> bool:
    """Whether `text` has the form of an `event.code`."""
    return text.isascii() and text.isalnum() and 0 < len(text) <= 20


def _codes(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(str(code) for code in value) if isinstance(value, list | tuple) else ()
