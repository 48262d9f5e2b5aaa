"""`make screenshots`: the journey as a patient sees it, drawn into docs/journey.png."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.servers import product
from kiosk.config import ROOT
from tests.factories import Somebody
from tests.population import write

SHEET = """<body style="margin:0;display:flex;gap:24px;padding:24px;background:#d9dfdc">{}</body>"""
PICTURE = '<img style="width:360px;border-radius:10px" src="data:image/png;base64,{}">'


def main() -> None:
    """Walk once and put the screens side by side."""
    somebody = Somebody(name="Бақытжан", surname="Үлгібаев")
    chromium = os.environ.get("KIOSK_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write(Path(folder) / "people.json", [somebody])
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with product(Path(folder), Path(folder) / "people.json") as (kiosk, _simulator, _pid):
            page = browser.new_page(viewport={"width": 1080, "height": 1920})
            pictures = list(_walk(page, f"http://127.0.0.1:{kiosk}", somebody))
        sheet = browser.new_page(viewport={"width": 384 * len(pictures) + 24, "height": 690})
        sheet.set_content(SHEET.format("".join(PICTURE.format(one) for one in pictures)))
        sheet.screenshot(path=ROOT / "docs" / "journey.png")
        browser.close()
    sys.stdout.write("docs/journey.png\n")


def _walk(page: Page, address: str, somebody: Somebody) -> "list[str]":
    from base64 import b64encode

    def picture() -> str:
        page.wait_for_load_state("load")
        return b64encode(page.screenshot()).decode()

    page.goto(address)
    pictures = [picture()]
    page.click("#next")
    pictures.append(picture())
    with page.expect_navigation():
        page.keyboard.type("\n".join(somebody.mrz) + "\n")
    pictures.append(picture())
    for _touch in range(2):
        page.click("#next")
        pictures.append(picture())
    return pictures


main()
