"""The simulator's own interface: faults, clock, phones, pages, and who may reach it."""

from typing import Any

import html5lib
import pytest

from kiosk import clock
from kiosk.simulator import create_simulator
from tests.outside import people
from tests.outside.conftest import Simulator

PHONE = people.PLAIN["phone"]


def test_it_is_well(simulator: Simulator) -> None:
    assert simulator.get("/healthz").json()["status"] == "ok"


def test_faults_are_told_listed_and_cleared(simulator: Simulator) -> None:
    simulator.fault("persons", "slow", 7)
    simulator.fault("documents", "down")
    told = simulator.get("/api/faults").json()
    assert told["persons"] == {"mode": "slow", "seconds": 7.0}
    assert told["documents"]["mode"] == "down"
    simulator.clear()
    assert {one["mode"] for one in simulator.get("/api/faults").json().values()} == {"ok"}


def test_slow_is_slower_than_the_client_waits_unless_told(simulator: Simulator) -> None:
    answer = simulator.post("/api/faults", {"system": "persons", "mode": "slow"}).json()
    assert answer["seconds"] > 0.3


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("/api/faults", {"system": "nobody", "mode": "ok"}, "system must be"),
        ("/api/faults", {"system": "persons", "mode": "sleepy"}, "mode must be"),
        ("/api/faults", {"system": "persons", "mode": "slow", "seconds": "soon"}, "seconds must be"),
        ("/api/faults", {"system": "persons", "mode": "slow", "seconds": -1}, "seconds must be"),
        ("/api/faults", {"system": "persons", "mode": "late", "seconds": 1e9}, "seconds must be"),
        ("/api/faults", {}, "system must be"),
        ("/api/faults", [], "JSON object"),
        ("/api/clock", {"advance": "an hour"}, "advance must be"),
        ("/api/clock", {"advance": True}, "advance must be"),
        ("/api/clock", {"advance": 1e12}, "ten years"),
        ("/api/clock", {}, "advance must be"),
        ("/api/presentations", {"phone": PHONE, "kind": "shout"}, "kind must be"),
        ("/api/presentations", {"phone": PHONE, "kind": ["qr"]}, "kind must be"),
    ],
)
def test_bad_bodies_get_a_sentence(simulator: Simulator, path: str, body: object, sentence: str) -> None:
    answer = simulator.post(path, body)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_the_clock_is_everybodys(simulator: Simulator) -> None:
    before = simulator.get("/api/clock").json()["offset"]
    moved = simulator.post("/api/clock", {"advance": 90.5}).json()
    assert moved["offset"] == pytest.approx(before + 90.5)
    assert clock.offset() == pytest.approx(moved["offset"])
    simulator.advance(-90.5)
    assert clock.offset() == pytest.approx(before)


def test_messages_have_their_form(simulator: Simulator) -> None:
    simulator.connected().documents.request_consent(people.PLAIN["iin"])
    said: list[dict[str, Any]] = simulator.get(f"/api/phones/{PHONE}/messages").json()
    code, notification = said[-2:]
    assert set(code) == set(notification) == {"id", "kind", "code", "text", "at"}
    assert (code["kind"], notification["kind"]) == ("code", "notification")
    assert len(code["code"]) == 6 and code["code"].isdecimal() and code["code"] in code["text"]
    assert notification["code"] is None
    assert "1" in notification["text"] and "0" in notification["text"]
    assert simulator.get("/api/phones/+70/messages").json() == []
    assert simulator.get(f"/api/phones/{PHONE.replace('+', '%2B')}/messages").json() == said


def test_a_message_is_answered_once_and_with_yes_or_no(simulator: Simulator) -> None:
    simulator.connected().documents.request_consent(people.PLAIN["iin"])
    path = f"/api/messages/{simulator.messages(PHONE, 'notification')[-1]['id']}/reply"
    assert simulator.post(path, {"text": "perhaps"}).status_code == 400
    assert simulator.post(path, {"text": 1}).status_code == 400
    assert simulator.post(path, {"text": "1"}).json() == {"state": "valid"}
    assert simulator.post(path, {"text": "0"}).status_code == 409
    assert simulator.post("/api/messages/none/reply", {"text": "1"}).status_code == 404


def test_the_code_sent_back_agrees_too(simulator: Simulator) -> None:
    simulator.connected().documents.request_consent(people.PLAIN["iin"])
    message = simulator.messages(PHONE, "code")[-1]
    answer = simulator.post(f"/api/messages/{message['id']}/reply", {"text": message["code"]})
    assert answer.json() == {"state": "valid"}


def test_who_can_show_a_document(simulator: Simulator) -> None:
    code = simulator.post("/api/presentations", {"phone": PHONE, "kind": "code"}).json()["payload"]
    qr = simulator.post("/api/presentations", {"phone": PHONE, "kind": "qr"}).json()["payload"]
    assert len(code) == 6 and code.isdecimal()
    assert 100 < len(qr) <= 2048 and qr.isascii() and people.PLAIN["iin"] not in qr
    without = {"phone": people.WITHOUT_BASE["phone"], "kind": "qr"}
    assert simulator.post("/api/presentations", without).status_code == 409
    assert simulator.post("/api/presentations", {"phone": "+70", "kind": "qr"}).status_code == 404


def page(simulator: Simulator, path: str) -> str:
    answer = simulator.get(path)
    assert answer.status_code == 200, path
    html5lib.HTMLParser(strict=True).parse(answer.text)
    assert "симулятор" in answer.text.casefold() and "simulator" in answer.text
    return answer.text


def test_the_pages_say_what_they_are(simulator: Simulator) -> None:
    front = page(simulator, "/")
    assert people.PLAIN["iin"] in front and people.PLAIN["surname"] in front
    assert "I&lt;ONE" in front
    assert "№" in front
    assert PHONE in page(simulator, "/phone")
    page(simulator, "/faults")
    assert simulator.get("/phone/+70").status_code == 404
    assert simulator.get("/none").status_code == 404
    assert simulator.get("/api/none").json()["error"]


def form(simulator: Simulator, path: str, **fields: str) -> tuple[int, str]:
    answer = simulator.client.post(simulator.url + path, data=fields, follow_redirects=True)
    return answer.status_code, answer.text


def test_a_phone_can_be_played_by_hand(simulator: Simulator) -> None:
    documents = simulator.connected().documents
    asked = documents.request_consent(people.PLAIN["iin"])
    assert simulator.code(PHONE) in page(simulator, f"/phone/{PHONE}")
    ident = simulator.messages(PHONE, "notification")[-1]["id"]
    assert form(simulator, f"/phone/{PHONE}/reply", id=ident, text="0")[0] == 200
    assert documents.find_consent(asked.request_id).state == "denied"
    assert form(simulator, f"/phone/{PHONE}/reply", id=ident, text="1")[0] == 409
    status, shown = form(simulator, f"/phone/{PHONE}/present", kind="qr")
    assert status == 200 and "<img" in shown and 'id="payload"' in shown
    assert form(simulator, f"/phone/{PHONE}/present", kind="code")[0] == 200
    assert form(simulator, f"/phone/{people.WITHOUT_BASE['phone']}/present", kind="qr")[0] == 409


def test_faults_and_clock_can_be_set_by_hand(simulator: Simulator) -> None:
    assert form(simulator, "/faults", system="persons", mode="slow", seconds="9")[0] == 200
    assert simulator.get("/api/faults").json()["persons"]["seconds"] == 9
    assert form(simulator, "/faults", system="persons", mode="slow", seconds="soon")[0] == 400
    assert form(simulator, "/faults", system="")[0] == 200
    assert simulator.get("/api/faults").json()["persons"]["mode"] == "ok"
    before = clock.offset()
    assert form(simulator, "/clock", minutes="2")[0] == 200
    assert form(simulator, "/clock", minutes="soon")[0] == 200
    assert clock.offset() == pytest.approx(before + 120)


def test_only_this_machine_is_answered(simulator: Simulator) -> None:
    app = create_simulator(simulator.var / "people.json", simulator.var)
    client = app.test_client()
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    assert client.post("/api/clock", json={"advance": 1}).status_code == 409


def test_keys_survive_a_restart_and_are_nobody_elses_to_read(simulator: Simulator) -> None:
    folder = simulator.var / "simulator"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    create_simulator(simulator.var / "people.json", simulator.var)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_json_systems_want_a_token(simulator: Simulator) -> None:
    for path in ("/attachments/person/search4/1/10", "/documents/document", "/documents/presentation"):
        assert simulator.post(path, {"fioiin": people.PLAIN["iin"]}).status_code == 401
