"""Servers under measurement: started, asked, and their CPU time read from the kernel."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.config import ROOT

TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def bare() -> Iterator[tuple[int, int]]:
    """Flask's hello under granian: port and process id."""
    port = free_port()
    words = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "2",
        "--blocking-threads",
        "4",
    ]
    command = [sys.executable, "-m", "granian", "--log-level", "warning", *words, "bench.bare:app"]
    with _running(subprocess.Popen(command, cwd=ROOT), port) as pid:
        yield port, pid


@contextmanager
def product(var: Path, people: Path) -> Iterator[tuple[int, int, int]]:
    """The demo as `make run` starts it: kiosk port, simulator port, process id."""
    kiosk, simulator = free_port(), free_port()
    environment = os.environ | {
        "KIOSK_VAR": str(var),
        "PORT": str(kiosk),
        "SIMULATOR_PORT": str(simulator),
        "KIOSK_SIMULATOR_PEOPLE": str(people),
    }
    command = [sys.executable, "-m", "kiosk.commands", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    with _running(process, kiosk) as pid:
        yield kiosk, simulator, pid


@contextmanager
def _running(process: "subprocess.Popen[bytes]", port: int) -> Iterator[int]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                break
        except OSError:
            time.sleep(0.05)
    yield process.pid
    process.terminate()
    process.wait()


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all its descendants."""
    total = 0.0
    for one in _family(pid):
        try:
            fields = re.sub(r"^.*\) ", "", Path(f"/proc/{one}/stat").read_text()).split()
        except FileNotFoundError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def cost(pid: int, times: int, ask: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of server CPU and of wall time for one `ask`, over `times` of them in a row."""
    before, began = cpu_seconds(pid), time.perf_counter()
    for _ in range(times):
        ask()
    wall = (time.perf_counter() - began) / times * 1000
    return (cpu_seconds(pid) - before) / times * 1000, wall
