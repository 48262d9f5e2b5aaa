"""What goes over the wire: the first visit at most 200 kB with its letters, each further page at most 20 kB."""

from collections.abc import Callable

from tests.factories import Somebody
from tests.walks.conftest import Walk

Begin = Callable[..., Walk]


def test_the_wire(stroll: Begin, walker: Somebody) -> None:
    walk = stroll()
    sizes: list[tuple[str, int]] = []
    walk.page.on("requestfinished", lambda asked: sizes.append((asked.url, _weight(asked))))
    walk.open().page.wait_for_load_state("networkidle")
    assert sum(size for _url, size in sizes) <= 200_000, sizes
    sizes.clear()
    steps: dict[str, int] = {}

    def step(name: str) -> None:
        walk.page.wait_for_load_state("networkidle")
        steps[name] = sum(size for _url, size in sizes)
        sizes.clear()

    walk.page.goto(walk.product.kiosk + "/identify")
    step("identify")
    walk.scan(walker)
    step("attachment")
    walk.page.goto(walk.product.kiosk + "/doctor")
    step("doctor")
    walk.page.goto(walk.product.kiosk + "/attachment")
    walk.page.wait_for_load_state("networkidle")
    sizes.clear()
    walk.touch("#next")
    step("confirm")
    walk.page.goto(walk.product.kiosk + "/slot")
    step("days")
    walk.page.click(".days a")
    walk.page.wait_for_selector(".times")
    step("times")
    walk.page.goto(walk.product.kiosk + "/confirm")
    walk.page.wait_for_load_state("networkidle")
    sizes.clear()
    walk.touch("#next")
    step("ticket")
    assert {name: size for name, size in steps.items() if size > 20_000} == {}


def _weight(asked: object) -> int:
    sizes: dict[str, int] = asked.sizes()  # type: ignore[attr-defined]
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]
