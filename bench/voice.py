"""`python -m bench.voice`: how soon the voice begins after a screen is there, and how soon a key silences it."""

import os
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.servers import product
from kiosk.accessibility.keypad import key_table
from tests.factories import Somebody
from tests.population import write

KEYS = {function: codes[0] for function, codes in key_table().items() if codes}
SCREENS = ("/", "/identify", "/document", "/help", "/attachment", "/doctor", "/appointments")
TIMES = 5
LISTEN = """document.addEventListener("voice:start", () => { window.begun = window.begun || performance.now(); });"""
FIRST = """() => new Promise((tell) => {
  const look = () => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0];
    if (window.begun && painted) tell(Math.max(0, window.begun - painted.startTime));
    else setTimeout(look, 5);
  };
  look();
})"""
# The key is counted from its own time stamp, so that the driver's way to the browser is left out.
CUT = """() => new Promise((tell) => {
  let struck = 0;
  addEventListener("keydown", (event) => { struck = event.timeStamp; }, { capture: true, once: true });
  document.addEventListener("voice:end", () => tell(performance.now() - struck), { once: true });
})"""


def main() -> None:
    """Measure in the browser and print milliseconds: the middle one and the worst."""
    with tempfile.TemporaryDirectory() as folder:
        somebody = Somebody(running=10, number="013000010")
        write(Path(folder) / "people.json", [somebody])
        with (
            product(Path(folder), Path(folder) / "people.json") as (port, _simulator, _pid),
            sync_playwright() as driver,
        ):
            path = os.environ.get("KIOSK_CHROMIUM") or shutil.which("chromium")
            arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
            browser = driver.chromium.launch(executable_path=path, args=arguments)
            page = browser.new_page(viewport={"width": 1080, "height": 1920})
            page.add_init_script(LISTEN)
            measure(page, f"http://127.0.0.1:{port}", somebody)
            browser.close()


def measure(page: Page, kiosk: str, somebody: Somebody) -> None:
    """With headphones on: every screen's first sound, and the silence after a key."""
    page.goto(kiosk + "/")
    token = page.get_attribute("meta[name=csrf-token]", "content") or ""
    page.request.post(kiosk + "/preferences", form={"csrf_token": token, "voice": "headphones"})
    page.request.post(kiosk + "/identify", form={"csrf_token": token, "scan": somebody.scan})
    print(f"{'':<16}{'first sound, ms':>22}{'silence after a key, ms':>28}")
    print(f"{'screen':<16}{'middle':>12}{'worst':>10}{'middle':>18}{'worst':>10}")
    for path in SCREENS:
        firsts, cuts = zip(*(once(page, kiosk + path) for _ in range(TIMES)), strict=True)
        sounds = f"{statistics.median(firsts):>12.0f}{max(firsts):>10.0f}"
        print(f"{path:<16}{sounds}{statistics.median(cuts):>18.1f}{max(cuts):>10.1f}")


def once(page: Page, address: str) -> tuple[float, float]:
    """One screen: milliseconds from paint to sound, and from a key to silence."""
    page.goto(address)
    first = page.evaluate(FIRST)
    page.evaluate(f"void (window.cut = ({CUT})())")
    page.keyboard.press(KEYS["next_item"])
    return first, page.evaluate("window.cut")


if __name__ == "__main__":
    main()
