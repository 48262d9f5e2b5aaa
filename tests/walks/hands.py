"""Three people before the screen of the digital document: one has a finger, one five keys, one five keys and ears."""

from typing import Protocol

from kiosk.accessibility.keypad import key_table
from tests.walks.conftest import Walk
from tests.walks.ear import Ear

KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
PERSONS_PACE = 60  # ms between digits: faster is a scanner's
FOCUSED = "(selector) => document.activeElement.matches(selector)"


class Hand(Protocol):
    """What each of them does on the way to the attachment."""

    def open(self, language: str) -> None:
        """Stand at /document, in a language."""

    def reach(self, selector: str) -> None:
        """Get hold of a control."""

    def type(self, field: str, digits: str) -> None:
        """Fill a field."""

    def follow(self, selector: str) -> None:
        """Choose a link; another screen comes."""

    def go_on(self) -> None:
        """Do what the screen's one main button does."""


class Finger:
    """Touches what is on the glass, digits too."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page = walk, walk.page

    def open(self, language: str) -> None:
        self.walk.open(language)
        self.follow("a[href='/document']")

    def reach(self, selector: str) -> None:
        self.page.tap(selector)

    def type(self, field: str, digits: str) -> None:
        for digit in digits:
            self.page.tap(f".key[value='{digit}']")

    def follow(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.tap(selector)

    def go_on(self) -> None:
        self.follow("#next")


class FiveKeys:
    """Never touches the glass: Down, Right, Select, and the digits of the keypad."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.page = walk, walk.page

    def open(self, language: str) -> None:
        self.walk.open()
        if language != "kk":
            self.follow(f"button[lang={language}]")
        self.follow("a[href='/document']")

    def press(self, function: str) -> None:
        self.page.keyboard.press(KEYS[function])

    def reach(self, selector: str) -> None:
        for _stop in range(60):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.press("next_item")
        raise AssertionError(f"Down never came to {selector}.")

    def type(self, field: str, digits: str) -> None:
        self.reach(field)
        self.page.wait_for_timeout(PERSONS_PACE * 2)
        self.page.keyboard.type(digits, delay=PERSONS_PACE)

    def follow(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("select")

    def go_on(self) -> None:
        with self.page.expect_navigation():
            self.press("next_screen")


class Listener(FiveKeys):
    """Has headphones too, and keeps all that was said."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.ear = Ear.at(walk.page)

    def open(self, language: str) -> None:
        self.walk.open(language)
        self.ear.plug(KEYS["jack_in"])
        self.page.goto(self.walk.product.kiosk + "/document")
        self.ear.listen()
