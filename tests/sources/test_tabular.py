"""Tables out of files: encodings, delimiters, headings, formulas, and what is refused."""

import json
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from mlops_desktop.core.errors import AppError
from mlops_desktop.sources.tabular import MOST_BYTES, Table, Unread, Wanted, read_table
from mlops_desktop.sources.tabular.grid import letter_of

KNOWN = {"Name", "Owner", "Tier", "Größe"}
ROWS = [["Name", "Owner", "Größe"], ["PD", "Anna", "1.234,56"], ["Über\u00a0", "Büche", "2"]]


def read(name: str, content: bytes, **said: Any) -> Table:
    return read_table(name, content, KNOWN.__contains__, Wanted(**said))


def book(*rows: list[Any], **sheets: str) -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for title, state in sheets.items():
        made.create_sheet(title).sheet_state = state
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def cells(table: Table) -> list[tuple[object, ...]]:
    return [line.cells for line in table.lines]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str) -> None:
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in ROWS]
    table = read("r.csv", "\r\n".join(lines).encode(encoding))
    assert table.headings == ("Name", "Owner", "Größe")
    assert cells(table) == [tuple(row) for row in ROWS[1:]]
    assert table.grid.delimiter == delimiter
    assert [line.number for line in table.lines] == [2, 3]


def test_what_windows_wrote_and_what_was_encoded_twice_is_told() -> None:
    told = {one.code for one in read("r.csv", "Name\nMÃ¼ller\n".encode()).grid.remarks}
    assert told == {"twice_encoded"}
    told = {one.code for one in read("r.csv", "Name\nMüller\n".encode("cp1252")).grid.remarks}
    assert told == {"windows_1252"}


def test_titles_above_blank_rows_and_repeated_headings_are_skipped() -> None:
    text = "Register;;\nStand 2023;;\n;;\nName;Owner;Tier\nA;B;1\n;;\nName;Owner;Tier\nC;D;2\n;;\n"
    table = read("r.csv", text.encode())
    assert (table.heading_row, [line.number for line in table.lines]) == (4, [5, 8])
    told = {one.code: dict(one.parameters)["number"] for one in table.remarks}
    assert told == {"repeated_headings": "1", "blank_rows": "1"}


def test_the_line_for_excel_and_guarded_texts() -> None:
    table = read("r.csv", b"sep=;\nName;Owner\n'=1+1;''tis\n")
    assert cells(table) == [("=1+1", "'tis")]
    assert table.lines[0].number == 3


HEAD = "Name;Owner;Tier\nA;Anna;1\n"


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        (HEAD + '"B;Anna;1\nC;Anna;2\n', "import.quote_open", 3),
        (HEAD + 'B;"Anna;1\n' + "C;Anna;2\n" * 20_000, "import.quote_open", 3),
        (HEAD + '"B;Anna;1\nC "new";Anna;2\n', "import.quote_inside", 3),
        (HEAD + '"B";Anna;1\n"C" new;Anna;2\n', "import.quote_inside", 4),
        (HEAD + "A;Anna;" + "1" * 140_000 + "\n", "import.cell_too_long", 3),
        (HEAD + '"B;Anna;1\nC;Anna;2\nD";Anna;2\n', "import.rows_joined", 3),
        (HEAD + 'B;"Anna;1\nC;Anna";2\n', "import.rows_joined", 3),
        (HEAD + 'B;"Anna;1\nC;Anna;2"\n', "import.rows_joined", 3),
        ("sep=;\n" + HEAD + '"B;Anna;1\n', "import.quote_open", 4),
    ],
)
def test_a_stray_quotation_mark_swallows_no_row(text: str, code: str, row: int) -> None:
    with pytest.raises(AppError) as raised:
        read("r.csv", text.encode())
    told = raised.value
    assert (told.code, told.where, told.parameters["row"]) == (code, f"r.csv:{row}", row)


@pytest.mark.parametrize(
    "cell", ["one\ntwo; three\nfour", 'said ""no""\nand', "a;b\nc;d;e\nf", ";\n\n;"]
)
def test_a_cell_may_have_lines(cell: str) -> None:
    text = f'{HEAD}B;"{cell}";1\nC;Anna;2\n'
    table = read("r.csv", text.encode())
    assert [line.cells[0] for line in table.lines] == ["A", "B", "C"]
    assert table.lines[1].cells[1] == cell.replace('""', '"')
    table = read("r.csv", b'Name,Owner\nA,"one, two\nthree, four"\n')
    assert cells(table) == [("A", "one, two\nthree, four")]


def test_headings_merged_over_two_rows() -> None:
    rows: list[list[Any]] = [
        ["Modell", None, "Verantwortung", None],
        ["Name", "Tier", "Owner", "Owner"],
    ]
    table = read("r.xlsx", book(*rows, ["PD", 1, "A", "B"]))
    assert table.headings == ("Name", "Tier", "Verantwortung Owner", "Verantwortung Owner")
    table = read("r.xlsx", book(["Name", "x", None], [None, "Owner", "Tier"], ["PD", "A", 1]))
    assert table.headings == ("Name", "Owner", "Tier")
    assert table.lines[0].number == 3


def test_a_formula_gives_its_saved_value_or_is_refused() -> None:
    made = book(["Name", "Tier"], ["PD", "=1+1"], ["LGD", 2])
    assert cells(read("r.xlsx", made))[0][1] == Unread("import.formula_without_value", "=…")
    saved = _with_saved_value(made, b"<v></v>", b"<v>2</v>")
    table = read("r.xlsx", saved)
    assert cells(table)[0] == ("PD", 2)
    assert "formulas" in {one.code for one in table.grid.remarks}


def _with_saved_value(content: bytes, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name).replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
            after.writestr(name, part.replace(old, new))
    return out.getvalue()


def test_days_faults_and_hidden_sheets_of_a_workbook() -> None:
    made = book(["Name", "Tier"], ["PD", datetime(2026, 3, 4)], ["LGD", "#REF!"], Alt="hidden")  # noqa: DTZ001 - as Excel has it
    table = read("r.xlsx", made)
    assert cells(table)[0][1] == datetime(2026, 3, 4).date()  # noqa: DTZ001 - as above
    assert cells(table)[1][1] == Unread("import.cell_faulty", "#REF!")
    assert [one.code for one in table.grid.remarks] == ["hidden_sheets"]


def test_the_sheet_with_most_known_headings_is_read_unless_one_is_named() -> None:
    made = Workbook()
    assert made.active is not None
    made.active.append(["Notizen"])
    made.create_sheet("Register").append(["Name", "Owner"])
    made["Register"].append(["PD", "A"])
    out = BytesIO()
    made.save(out)
    assert read("r.xlsx", out.getvalue()).grid.sheet == "Register"
    with pytest.raises(AppError) as raised:
        read("r.xlsx", out.getvalue(), sheet="Inventar")
    assert raised.value.code == "import.sheet_unknown"


def test_json_rows_are_flat() -> None:
    rows = [{"Name": "PD", "Tier": 1, "Owner": ["A", "B"]}, {"Name": "LGD", "Tier": {"a": 1}}]
    table = read("r.json", json.dumps({"models": rows}).encode())
    assert cells(table)[0] == ("PD", 1, "A; B")
    assert isinstance(cells(table)[1][1], Unread)
    assert table.lines[1].number == 2


def test_a_pasted_block_may_come_without_headings() -> None:
    table = read("block.tsv", b"PD\tAnna\n", headings=("Name", "Owner"))
    assert (table.headings, table.lines[0].number) == (("Name", "Owner"), 1)


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("r.ods", b"", "import.form_unknown"),
        ("r", b"Name\nA", "import.form_unknown"),
        ("r.xls", b"\xd0\xcf\x11\xe0", "import.old_workbook"),
        ("r.xlsx", b"\xd0\xcf\x11\xe0", "import.old_workbook"),
        ("r.xlsx", b"Name;Owner", "import.file_damaged"),
        ("r.csv", b"PK\x03\x04", "import.file_damaged"),
        ("r.xlsx", b"PK\x03\x04 and then nothing", "import.file_damaged"),
        ("r.xlsx", bomb(), "import.too_large"),
        ("r.csv", b"x" * (MOST_BYTES + 1), "import.too_large"),
        ("r.csv", b"Name\n\x81\x8d\xff", "import.encoding_unknown"),
        ("r.csv", b"Name\n\0", "import.encoding_unknown"),
        ("r.csv", b"eins;zwei\n1;2", "import.no_headings"),
        ("r.csv", b"", "import.no_headings"),
        ("r.csv", b"Name;Owner\n;\n", "import.no_rows"),
        ("r.csv", b'Name\n"' + b"x" * 200_000, "import.cell_too_long"),
        ("r.json", b"[1, 2]", "import.not_rows"),
        ("r.json", b'{"a": 1}', "import.not_rows"),
        ("r.json", b"[" * 200_000, "import.file_damaged"),
        ("r.json", b'[{"Name": 1, "Name": 2}]', "import.file_damaged"),
        ("r.json", b'[{"Name": NaN}]', "import.file_damaged"),
    ],
)
def test_what_is_no_register_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(AppError) as raised:
        read(name, content)
    assert raised.value.code == code


def test_letters_of_columns() -> None:
    assert [letter_of(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
