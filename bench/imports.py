"""A clinic's list of 200,000 people: how long it loads, what it costs in memory, and what bookings wait meanwhile."""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from kiosk.config import ROOT
from tests.factories import make_iin

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


def write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        print(HEADER, file=file)
        for number in range(rows):
            born = date(1940, 1, 1) + timedelta(days=number % 29_000)
            iin = make_iin(born, "male" if number % 2 else "female", 1 + number // 29_000 * 40)
            told = f"Тегіңов;Есім;Әкеұлы;{born:%d.%m.%Y};+7701{number:07};0{number:08};01.06.2049"
            print(f"{iin};{told};{1 + number % 20:02}", file=file)


def imports(environment: dict[str, str], rows: int = ROWS) -> None:
    """Import a list into the database of `environment`, while another process keeps asking for its turn to write."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write(path, rows)
        watch = subprocess.Popen(
            [sys.executable, "-c", TRANSACTION],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment,
            text=True,
        )
        words = [sys.executable, "-m", "kiosk.commands", "import", str(path), "--organisation", "almaty-01"]
        begun = time.perf_counter()
        subprocess.run(words, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        took = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        worst, _ = watch.communicate("end\n")
        print(f"\nimport of {rows:,} rows ({path.stat().st_size / 1e6:.0f} MB of CSV)")
        print(f"  {took:.0f} s, {rows / took:,.0f} rows a second, peak memory {peak:.0f} MB")
        print(f"  longest wait of another process for its turn to write: {worst.strip()} ms")
