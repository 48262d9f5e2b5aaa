"""A clinic's list as files: what clinics save is read, what strangers send is refused with a sentence."""

import csv
import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kiosk.clinic.local_list import table_file
from kiosk.clinic.local_list.columns import REQUIRED, guess, places, template
from kiosk.clinic.local_list.refused import WHOLE_FILE, FileRefused
from kiosk.clinic.local_list.table_file import open_table

HEADER = ["ЖСН", "Тегі", "Аты", "Учаске"]
ROWS = [["000000000001", "Әбілқасымұлы", "Өскен", "07"], ["000000000002", "Ғұмарова", "Іңкәр", "12"]]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def as_csv(separator: str = ";", ending: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=ending).writerows([HEADER, *ROWS])
    return out.getvalue()


def as_xlsx(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        list(open_table(path).rows())
    assert str(refused.value) == WHOLE_FILE[refused.value.code]
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_csv_as_clinics_save_it(tmp_path: Path, encoding: str, separator: str, ending: str) -> None:
    table = open_table(written(tmp_path / "list.csv", as_csv(separator, ending).encode(encoding)))
    assert table.header == tuple(HEADER)
    assert list(table.rows()) == [(2, tuple(ROWS[0])), (3, tuple(ROWS[1]))]
    assert table.total is not None


def test_xlsx_with_empty_rows_above_and_dates_inside(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "list.xlsx", [[], [], [*HEADER, "Туған күні"], [*ROWS[0], date(1979, 4, 8)]])
    table = open_table(path)
    assert table.header == (*HEADER, "Туған күні")
    number, row = next(iter(table.rows()))
    assert (number, row[:4]) == (4, tuple(ROWS[0]))
    assert str(row[4]).startswith("1979-04-08")


def test_content_decides_and_not_the_name(tmp_path: Path) -> None:
    assert open_table(as_xlsx(tmp_path / "list.csv", [HEADER, *ROWS])).header == tuple(HEADER)  # type: ignore[list-item]
    assert open_table(written(tmp_path / "list.xlsx", as_csv().encode())).header == tuple(HEADER)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old_excel"),
        (b"PK\x03\x04 and then nonsense", "broken_xlsx"),
        (b"\x00\x01\x02" * 50, "not_a_table"),
        (b"\x98\x98\xff\n" * 20, "encoding"),
        (b"\xff\xfe\x00", "encoding"),
        (b'a;b\r\n1;"never closed', "broken_csv"),
        (b"a;b\r\n1;" + b"x" * 10_000_000, "long_field"),
        (b'a;b\r\n1;"' + b"x\r\n" * 150_000 + b'"', "long_field"),
        (b"h" * 101 + b";b\r\n1;2\r\n", "long_field"),
        (b"a;b\r\n" + b"1;2\r\n" * 200_001, "too_many_rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_as_a_whole(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(written(tmp_path / "list.csv", content)) == code


def test_a_file_too_large_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_file, "LARGEST", 10)
    assert refusal(written(tmp_path / "list.csv", as_csv().encode())) == "too_big"
    assert refusal(tmp_path / "nothing.csv") == "no_file"


def repacked(path: Path, **parts: bytes) -> Path:
    """The workbook at `path` with parts replaced or added; `__` stands for `/` and `_dot_` for `.`."""
    changed = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    with zipfile.ZipFile(path) as box:
        kept = {name: box.read(name) for name in box.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in {**kept, **changed}.items():
            box.writestr(name, content)
    return path


def test_bombs_in_an_archive(tmp_path: Path) -> None:
    honest = [HEADER, *ROWS]
    zeros = repacked(as_xlsx(tmp_path / "a.xlsx", honest), xl__media__big_dot_bin=bytes(200 * 1024 * 1024))  # type: ignore[arg-type]
    assert zeros.stat().st_size < 1024 * 1024
    assert refusal(zeros) == "bomb"
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refusal(repacked(as_xlsx(tmp_path / "b.xlsx", honest), xl__sharedStrings_dot_xml=entities)) == "bomb"  # type: ignore[arg-type]
    wide = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>'.encode("utf-16")
    assert refusal(repacked(as_xlsx(tmp_path / "c.xlsx", honest), xl__workbook_dot_xml=wide)) == "bomb"  # type: ignore[arg-type]
    many = {f"part{number}": b"" for number in range(600)}
    assert refusal(repacked(as_xlsx(tmp_path / "d.xlsx", honest), **many)) == "bomb"  # type: ignore[arg-type]


def test_a_ten_megabyte_field_and_a_formula_in_a_workbook(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>{}</t></is></c>'
        "</row></sheetData></worksheet>"
    )
    noise = "".join(random.Random(1).choices("абвгдежзийклмн", k=10_000_000))  # compresses badly: no bomb by its ratio
    long = repacked(as_xlsx(tmp_path / "a.xlsx", [HEADER]), xl__worksheets__sheet1_dot_xml=sheet.format(noise).encode())  # type: ignore[list-item]
    assert refusal(long) == "long_field"
    formula = open_table(as_xlsx(tmp_path / "b.xlsx", [HEADER, ["=HYPERLINK(1)", *ROWS[0][1:]]]))  # type: ignore[list-item]
    assert next(iter(formula.rows()))[1][0].startswith("=")


def test_a_sheet_that_lies_about_its_rows(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D2"/>'
        "<sheetData>{}</sheetData></worksheet>"
    )
    cells = "".join(f'<c r="{letter}{{0}}" t="inlineStr"><is><t>{letter}</t></is></c>' for letter in "ABCD")
    row = '<row r="{0}">' + cells + "</row>"
    far = sheet.format(row.format(1) + row.format(10**9))
    path = as_xlsx(tmp_path / "far.xlsx", [HEADER])  # type: ignore[list-item]
    table = open_table(repacked(path, xl__worksheets__sheet1_dot_xml=far.encode()))
    assert list(table.rows()) == []


def test_a_zip_that_is_no_workbook_and_a_cut_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as box:
        box.writestr("readme.txt", "hello")
    assert refusal(tmp_path / "zip.xlsx") == "not_a_table"
    whole = as_xlsx(tmp_path / "whole.xlsx", [HEADER, *ROWS]).read_bytes()  # type: ignore[list-item]
    assert refusal(written(tmp_path / "cut.xlsx", whole[: len(whole) // 2])) == "broken_xlsx"


def test_headings_are_found_in_three_languages_and_remembered() -> None:
    assert set(REQUIRED) <= set(guess(HEADER))
    assert guess(["ИИН", "Фамилия", "Имя", "Номер участка", "Дата  рождения"]) == {
        "iin": "ИИН",
        "surname": "Фамилия",
        "name": "Имя",
        "district": "Номер участка",
        "birth_date": "Дата  рождения",
    }
    assert guess(["№ п/п", "Код", *HEADER], {"iin": "Код"})["iin"] == "Код"
    assert set(guess(template().removeprefix("\ufeff").strip().split(";"))) > set(REQUIRED)


def test_columns_must_be_named_and_differ() -> None:
    assert places(HEADER, guess(HEADER)) == {"iin": 0, "surname": 1, "name": 2, "district": 3}
    for mapping, code in (
        ({"iin": "ЖСН"}, "no_columns"),
        ({**guess(HEADER), "phone": "жоқ"}, "no_columns"),
        ({**guess(HEADER), "name": "Тегі"}, "same_column"),
    ):
        with pytest.raises(FileRefused) as refused:
            places(HEADER, mapping)
        assert refused.value.code == code


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_rows_or_one_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = written(tmp_path_factory.mktemp("fuzz") / "list", content)
    try:
        rows = list(open_table(path).rows())
    except FileRefused as refused:
        assert refused.code in WHOLE_FILE
    else:
        assert all(isinstance(cell, str) for _, row in rows for cell in row)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(min_value=0), junk=st.binary(min_size=1, max_size=30))
def test_a_damaged_workbook_is_rows_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, place: int, junk: bytes
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    whole = as_xlsx(folder / "whole.xlsx", [HEADER, *ROWS]).read_bytes()  # type: ignore[list-item]
    at = place % len(whole)
    damaged = written(folder / "damaged.xlsx", whole[:at] + junk + whole[at + len(junk) :])
    try:
        list(open_table(damaged).rows())
    except FileRefused as refused:
        assert refused.code in WHOLE_FILE
