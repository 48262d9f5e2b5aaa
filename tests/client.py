"""The strict client: it judges every page it fetches, and talks to forms as a browser without scripts would."""

import re
import warnings
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HTML = "{http://www.w3.org/1999/xhtml}"


class Page:
    """One answer, parsed as HTML5."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.response, self.status, self.path = response, response.status_code, path
        self.text = response.get_data(as_text=True)
        warnings.simplefilter("ignore")
        self.parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.tree: Element = self.parser.parse(self.text)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [one for one in self.tree.iter(tag) if all(one.get(k) == v for k, v in attributes.items())]

    def by_id(self, ident: str) -> Element | None:
        return next((one for one in self.tree.iter() if isinstance(one.tag, str) and one.get("id") == ident), None)

    @property
    def heading(self) -> str:
        return words(self.all("h1")[0])

    @property
    def title(self) -> str:
        return words(self.all("title")[0])

    @property
    def words(self) -> str:
        body = self.all("body")[0]
        return words(body)

    def form_of(self, ident: str) -> Element:
        control = self.by_id(ident)
        assert control is not None, f"no #{ident} on {self.path}"
        return next(form for form in self.all("form") if control in list(form.iter()))


def words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


class Patient:
    """A person at the kiosk, pressing what is there."""

    def __init__(self, client: FlaskClient, base: str = "http://localhost") -> None:
        self.client, self.base = client, base
        self.page: Page = None  # type: ignore[assignment]

    def get(self, path: str, **headers: str) -> Page:
        return self._land(self.client.get(path, headers=headers, follow_redirects=True, base_url=self.base))

    def post(self, path: str, data: dict[str, Any], with_token: bool = True) -> Page:
        if with_token:
            data = {"csrf_token": self.token(), **data}
        answer = self.client.post(path, data=data, follow_redirects=True, base_url=self.base)
        return self._land(answer)

    def token(self) -> str:
        if self.page is None:
            self.get("/")
        return next(one.get("content", "") for one in self.page.all("meta", name="csrf-token"))

    def scan(self, raw: str) -> Page:
        return self.post("/identify", {"scan": raw})

    def mark_alive(self) -> int:
        """What the page's idle clock does while somebody is here; gives the status."""
        data = {"csrf_token": self.token()}
        return self.client.post("/visit/alive", data=data, base_url=self.base).status_code

    def press(self, ident: str) -> Page:
        """Press a button or link by its id."""
        control = self.page.by_id(ident)
        assert control is not None, f"no #{ident} on {self.page.path}: {self.page.words[:300]}"
        if control.tag == "a":
            return self.get(control.get("href", ""))
        return self._submit(self.page.form_of(ident), control)

    def press_value(self, name: str, value: str | None = None) -> Page:
        """Press the first button of this name (and value)."""
        for form in self.page.all("form"):
            for button in form.iter("button"):
                if button.get("name") == name and value in (None, button.get("value")):
                    return self._submit(form, button)
        raise AssertionError(f"no button {name}={value} on {self.page.path}: {self.page.words[:300]}")

    def press_text(self, text: str) -> Page:
        """Press the first control that says `text`."""
        for form in self.page.all("form"):
            for button in form.iter("button"):
                if text in words(button):
                    return self._submit(form, button)
        for link in self.page.all("a"):
            if text in words(link):
                return self.get(link.get("href", ""))
        raise AssertionError(f"nothing says {text!r} on {self.page.path}: {self.page.words[:300]}")

    def _submit(self, form: Element, button: Element) -> Page:
        assert form.get("method") == "post"
        data = {one.get("name"): one.get("value", "") for one in form.iter("input") if one.get("name")}
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        return self.post(form.get("action", ""), data, with_token=False)

    def _land(self, response: TestResponse) -> Page:
        self.page = Page(response, response.request.path)
        if response.mimetype == "text/html" and not response.request.headers.get("HX-Request"):
            judge(self.page)
        return self.page


def judge(page: Page) -> None:
    """What every page owes to everybody; raises AssertionError with the path."""
    where = f"{page.path} ({page.status})"
    assert not page.parser.errors, f"{where}: not HTML5: {page.parser.errors[:3]}"
    assert len(page.all("h1")) == 1, f"{where}: one h1"
    assert len(page.all("main")) == 1, f"{where}: one main"
    assert page.title, f"{where}: a title"
    assert page.all("html")[0].get("lang") in ("kk", "ru", "en"), f"{where}: lang"
    idents = [one.get("id") for one in page.tree.iter() if isinstance(one.tag, str) and one.get("id")]
    assert len(idents) == len(set(idents)), f"{where}: ids {sorted(i for i in idents if idents.count(i) > 1)}"
    labels = {one.get("for") for one in page.all("label")}
    for field in page.all("input") + page.all("textarea"):
        if field.get("type") != "hidden":
            assert field.get("id") in labels or field.get("aria-label"), f"{where}: a label for {field.get('name')}"
    boxes = [one.get("name") for one in page.all("input", type="checkbox") if one.get("required") is not None]
    assert len(boxes) == len(set(boxes)), f"{where}: a browser would ask for every box of {set(boxes)}"
    for one in page.tree.iter():
        if isinstance(one.tag, str) and one.get("hx-get"):
            twin = one.get("href")
            assert one.tag != "a" or twin == one.get("hx-get"), f"{where}: {one.get('hx-get')} has no plain twin"
    for form in page.all("form"):
        if form.get("method") == "get" and page.path.startswith("/staff/"):
            continue  # a search at a desk: nothing is written, and nothing personal is asked for
        assert form.get("method") == "post", f"{where}: forms post"
        assert any(one.get("name") == "csrf_token" for one in form.iter("input")), (
            f"{where}: {form.get('action')} token"
        )
    assert "style=" not in page.text and "onclick" not in page.text, (
        f"{where}: the CSP allows no inline style or script"
    )
