"""Messages on their way to phones, as the phones keep them."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from threading import Lock

from kiosk import clock

CODE, NOTIFICATION = "code", "notification"
_YES = frozenset(["1", "yes", "y", "ok", "да", "иә", "ия", "жарайды", "келісемін", "согласен", "согласна", "agree"])
_NO = frozenset(["0", "2", "no", "n", "-", "нет", "жоқ", "келіспеймін", "отказ", "refuse"])


@dataclass
class Message:
    """One message, which can be answered once."""

    id: str
    phone: str
    kind: str
    code: str | None
    text: str
    request_id: str
    answered: bool = False
    at: datetime = field(default_factory=lambda: clock.now())

    def as_json(self) -> dict[str, str | None]:
        """What the phone shows."""
        return {"id": self.id, "kind": self.kind, "code": self.code, "text": self.text, "at": self.at.isoformat()}


class Messages:
    """Every message that was sent, the oldest first."""

    def __init__(self) -> None:
        self._all: list[Message] = []
        self._ids = count(1)
        self._lock = Lock()

    def send_code(self, phone: str, code: str, request_id: str) -> None:
        """The one-time code of a request, from 1414."""
        text = f"1414: растау коды {code} · код подтверждения {code} · confirmation code {code}"
        self._keep(phone, CODE, code, text, request_id)

    def send_notification(self, phone: str, company: str, request_id: str) -> None:
        """The notification of a request, which a short message answers."""
        text = (
            f"{company}: жеке деректеріңізге рұқсат сұрайды. Келіссеңіз 1, келіспесеңіз 0 деп жауап беріңіз. · "
            f"{company} просит доступ к вашим данным. Ответьте 1 (согласен) или 0 (не согласен). · "
            f"{company} asks for access to your data. Answer 1 to agree or 0 to refuse."
        )
        self._keep(phone, NOTIFICATION, None, text, request_id)

    def of(self, phone: str) -> list[Message]:
        """The messages of this phone."""
        return [one for one in self._all if one.phone == phone]

    def find(self, message_id: str) -> Message | None:
        """The message with this id."""
        return next((one for one in self._all if one.id == message_id), None)

    def _keep(self, phone: str, kind: str, code: str | None, text: str, request_id: str) -> None:
        with self._lock:
            self._all.append(Message(str(next(self._ids)), phone, kind, code, text, request_id))


def agrees(message: Message, text: str) -> bool | None:
    """Whether this answer says yes or no; None where it says neither. Sending the code back says yes."""
    said = text.strip().strip(".!").casefold()
    if said in _YES or (message.code and said == message.code):
        return True
    return False if said in _NO else None
