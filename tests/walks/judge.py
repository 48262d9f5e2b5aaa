"""A judge who sets a clinic up and knows no line of its code: only the forms under /staff and the kiosk's own pages."""

from typing import Any

from playwright.sync_api import Page, Request, Response
from pyotp import TOTP

from tests.walks.conftest import Walk

WAIT = 60_000
CLICKED = ("checkbox", "radio")


class Judge:
    """Somebody at the staff door who counts every form that is sent."""

    def __init__(self, walk: Walk, login: str, password: str, totp_secret: str) -> None:
        self.walk, self.page, self.sent = walk, walk.page, 0
        self._account = (login, password, totp_secret)
        self.page.set_default_timeout(WAIT)
        self.page.on("request", self._count)

    def _count(self, asked: Request) -> None:
        self.sent += asked.method == "POST" and asked.is_navigation_request()

    def sign_in(self, language: str = "kk") -> None:
        """With password and one-time code, then in a language of one's own."""
        login, password, totp_secret = self._account
        self.go("/staff")
        self.send(login=login, password=password, code=TOTP(totp_secret).now())
        if language != "kk":
            self.press(f"button[name=language][lang={language}]")
        assert self.page.get_attribute("html", "lang") == language

    def go(self, path: str) -> None:
        """Open a page of the staff door."""
        self.page.goto(self.walk.product.kiosk + path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.walk.product.kiosk).split("?")[0]

    @property
    def words(self) -> str:
        return self.page.inner_text("main")

    def next_step(self) -> str:
        """Where the guide on the first page leads next; empty where it has nothing more to say."""
        self.go("/staff")
        link = self.page.locator("main #next")
        return link.get_attribute("href") or "" if link.count() else ""

    def send(self, button: str = "#next", **typed: Any) -> None:
        """Type into the fields of these names, and press a button."""
        for name, value in typed.items():
            self._type(name, value)
        self.press(button)

    def _type(self, name: str, value: Any) -> None:
        field = self.page.locator(f'main [name="{name}"]').first
        kind = field.evaluate("(one) => one.tagName === 'SELECT' ? 'select' : one.type")
        if kind == "select":
            field.select_option(**value) if isinstance(value, dict) else field.select_option(value)
        elif kind == "file":
            field.set_input_files({"name": "doctors.csv", "mimeType": "text/csv", "buffer": value})
        elif kind in CLICKED:
            field.set_checked(value)
        else:
            field.fill(value)

    def press(self, selector: str) -> None:
        """Press a control and wait for the next page, which must be no error."""
        with self.page.expect_navigation() as arrived:
            self.page.locator(selector).first.click()
        answer = arrived.value
        assert answer is not None and answer.ok, f"{answer.status} at {self.path}: {self.words[:300]}"


def answer_of(page: Page, url: str) -> Response:
    """Open an address and look at the answer, whatever it is."""
    answer = page.goto(url)
    assert answer is not None
    return answer
