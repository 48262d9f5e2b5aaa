"""A clinic's list of 200,000 people, as CSV and as XLSX: time, memory, and what bookings wait meanwhile."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from bench.servers import product
from kiosk.config import ROOT
from tests.factories import make_iin
from tests.population import write as write_people

ROWS = 200_000
HEADER = "ИИН;Фамилия;Имя;Отчество;Дата рождения;Телефон;Номер удостоверения;Срок удостоверения;Участок"
TRANSACTION = """
import sys, time
from kiosk.server import create
from kiosk.database import transaction
worst = 0.0
with create().app_context():
    while not sys.stdin.closed and not __import__("select").select([sys.stdin], [], [], 0)[0]:
        begun = time.perf_counter()
        with transaction():
            pass
        worst = max(worst, time.perf_counter() - begun)
        time.sleep(0.02)
print(f"{worst * 1000:.0f}")
"""


def lines(rows: int) -> Iterator[str]:
    """The heading, and one person a line."""
    yield HEADER
    for number in range(rows):
        born = date(1940, 1, 1) + timedelta(days=number % 29_000)
        iin = make_iin(born, "male" if number % 2 else "female", 1 + number // 29_000 * 40)
        told = f"Тегіңов;Есім;Әкеұлы;{born:%d.%m.%Y};+7701{number:07};0{number:08};01.06.2049"
        yield f"{iin};{told};{1 + number % 20:02}"


def write_csv(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines(rows):
            print(line, file=file)


def write_xlsx(path: Path, rows: int) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines(rows):
        sheet.append(line.split(";"))
    book.save(path)


def imports(environment: dict[str, str], rows: int = ROWS) -> None:
    """Import the list of each kind into the database of `environment`."""
    for kind, write in (("csv", write_csv), ("xlsx", write_xlsx)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"list.{kind}"
            write(path, rows)
            _import(path, environment, rows)


def _import(path: Path, environment: dict[str, str], rows: int) -> None:
    """Import one file, while another process keeps asking for its turn to write."""
    words = [sys.executable, "-c", TRANSACTION]
    watch = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env=environment, text=True)
    words = [sys.executable, "-m", "kiosk.commands", "import", str(path), "--organisation", "almaty-01"]
    begun = time.perf_counter()
    loading = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(loading.pid, 0)  # this process alone, not the largest of all that ever ran
    took = time.perf_counter() - begun
    assert status == 0
    worst, _ = watch.communicate("end\n")
    print(f"\nimport of {rows:,} rows ({path.stat().st_size / 1e6:.0f} MB of {path.suffix[1:].upper()})")
    print(f"  {took:.0f} s, {rows / took:,.0f} rows a second, peak memory {used.ru_maxrss / 1024:.0f} MB")
    print(f"  longest wait of another process for its turn to write: {worst.strip()} ms")


def main() -> None:
    """This measurement alone, in a fresh demo of its own."""
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder) / "people.json"
        write_people(people, [])
        with product(Path(folder), people):
            imports({**os.environ, "KIOSK_DEMO": "1", "KIOSK_VAR": folder})


if __name__ == "__main__":
    main()
