"""The phone in somebody's hand, through the simulator's interface."""

from dataclasses import dataclass
from typing import Any

from tests.factories import Somebody
from tests.population import plain
from tests.walks.conftest import Product


@dataclass(frozen=True)
class Phone:
    """One person's phone: what it got, what is answered, what it shows."""

    product: Product
    owner: Somebody

    @property
    def number(self) -> str:
        return str(plain(self.owner)["phone"])

    def messages(self, kind: str) -> list[dict[str, Any]]:
        """Those of one kind, the oldest first."""
        found = self.product.tell(f"/api/phones/{self.number}/messages", method="GET")
        return [one for one in found if one["kind"] == kind]

    def code(self) -> str:
        """The newest code from 1414."""
        return str(self.messages("code")[-1]["code"])

    def reply(self, text: str) -> None:
        """Answer the newest notification."""
        self.product.tell(f"/api/messages/{self.messages('notification')[-1]['id']}/reply", {"text": text})

    def show(self, kind: str) -> str:
        """What the scanner reads off the screen: a short code or a QR."""
        return str(self.product.tell("/api/presentations", {"phone": self.number, "kind": kind})["payload"])
