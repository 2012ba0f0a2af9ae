"""Bytes to rows: encodings, delimiters, spreadsheets, and files that are none."""

import csv
import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from hypothesis import given
from hypothesis import strategies as st
from tabular import RecordReader, TabularError, guess_balance_sign, guess_columns, open_table
from tabular.source import Formula

GERMAN = (
    "Vertragsnummer;Mieternummer;VE-Nr.;Straße;Hausnummer;PLZ;Ort;Lage;Zimmer;Wohnfläche;"
    "Nettokaltmiete;Betriebskosten;Heizkosten;Vertragsbeginn;Vertragsende;Saldo"
)
LINE = "1;M1;V1;Bäckerstraße;1;99734;Nordhausen;2. OG;2;56,7;350,00;80,00;60,00;01.01.2020;;0,00"
cells = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), max_size=12)


def workbook(*rows, sheets=("Tabelle1",)):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters(encoding, delimiter):
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(GERMAN.split(";"))
    writer.writerow(LINE.split(";"))
    table = open_table(stream.getvalue().encode(encoding))
    assert table.header == GERMAN.split(";")
    assert list(table.rows()) == [(2, LINE.split(";"))]


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=20), st.sampled_from(["utf-8", "cp1252"]))
def test_any_content_comes_back(rows, encoding):
    rows = [[cell.replace("\r", " ") for cell in row] for row in rows]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(["Vertragsnummer", "Name des Mieters", "Straße mit ü"])
    writer.writerows(rows)
    table = open_table(stream.getvalue().encode(encoding))
    if table.header_row == 1:  # a line with more letters than the header would be taken for it
        wanted = [(number, row) for number, row in enumerate(rows, 2) if any(row)]
        assert list(table.rows()) == wanted


@given(st.one_of(st.binary(), st.text().map(str.encode), st.binary().map(lambda tail: b"PK\x03\x04" + tail)))
def test_arbitrary_bytes_give_a_table_or_a_reason(data):
    try:
        table = open_table(data)
        for _number, row in table.rows():
            assert isinstance(row, list)
    except TabularError as error:
        assert error.code


@pytest.mark.parametrize(
    "lines, row",
    [
        (['V1;"Anna;X', 'V2;"Bert";Y', 'V3;"Carl";Z'], 2),  # swallows the next row
        (['V1;"Anna";X', 'V2;"Bert;Y', "V3;Carl;Z"], 3),  # swallows the rest of the file
        (['V1;"Anna";X', 'V2;"Bert;Y'], 3),  # the last row
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_open_quotation_mark_swallows_no_row(lines, row, end):
    data = end.join(["Vertragsnummer;Name;Ort", *lines]).encode()
    with pytest.raises(TabularError) as error:
        list(open_table(data).rows())
    assert (error.value.code, error.value.params) == ("bad_csv", {"row": row})


def test_quotation_marks_that_harm_nobody():
    lines = ["Vertragsnummer;Name;Ort", 'V1;"An\nna; ""die Erste""";X', 'V2;19" Rack;Y', 'V3;"Haus "Rose"";Z', 'V4;C;19"']
    names = [cells[1] for _number, cells in open_table("\n".join(lines).encode()).rows()]
    assert names == ['An\nna; "die Erste"', '19" Rack', 'Haus Rose""', "C"]


def test_a_formula_without_a_result_is_no_empty_cell():
    data = workbook(["Vertragsnummer", "Miete", "Ort"], ["V1", "=1+1", "Gotha"], ["V2", 3, "Jena"])
    (_row, cells), (_row2, plain) = open_table(data).rows()
    assert isinstance(cells[1], Formula)
    assert (cells, plain) == (["V1", "=1+1", "Gotha"], ["V2", 3, "Jena"])
    record = RecordReader({"external_ref": 0, "rent_net": 1, "city": 2}).read(2, cells)
    assert [(p.field, p.code, p.value, p.fatal) for p in record.problems] == [
        ("rent_net", "formula_without_value", "=1+1", True)
    ]
    # with its result stored, as a spreadsheet program leaves it, a formula is its value
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet], found = re.subn(rb"</f><v ?/?>(</v>)?", b"</f><v>2</v>", files[sheet])
    assert found == 1
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert [cells for _number, cells in open_table(stream.getvalue()).rows()] == [["V1", 2, "Gotha"], ["V2", 3, "Jena"]]


def test_a_title_above_the_header_is_skipped():
    data = f"Mieterliste Stand 01.11.2026\n\n{GERMAN}\n{LINE}\n\n".encode("cp1252")
    table = open_table(data)
    assert table.header_row == 3
    assert [number for number, _row in table.rows()] == [4]


def test_spreadsheet_keeps_types_and_sheets():
    data = workbook(
        ["Vertragsnummer", "Saldo", "Vertragsbeginn"],
        [1001, 12.5, dt.datetime(2020, 1, 1)],
        sheets=("Eins", "Zwei"),
    )
    table = open_table(data, "Zwei")
    assert table.sheets == ["Eins", "Zwei"]
    assert list(table.rows()) == [(2, [1001, 12.5, dt.datetime(2020, 1, 1)])]
    with pytest.raises(TabularError) as raised:
        open_table(data, "Drei")
    assert raised.value.code == "no_such_sheet"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"), (b"  \n ", "empty_file"), (b"%PDF-1.4 x", "is_pdf"), (b"\x00\x01\x02", "binary_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old_excel"), (b"PK\x03\x04broken", "bad_xlsx"),
        (b"1;2;3\n4;5;6\n", "no_header"),
    ],
)  # fmt: skip
def test_files_that_are_no_table(data, code):
    with pytest.raises(TabularError) as raised:
        open_table(data)
    assert raised.value.code == code


def test_a_truncated_spreadsheet_is_refused():
    data = workbook(["Vertragsnummer", "Saldo"], *[[number, 1.0] for number in range(100)])
    with pytest.raises(TabularError):
        list(open_table(data[: len(data) // 2]).rows())


def test_an_endless_cell_is_refused():
    with pytest.raises(TabularError) as raised:
        list(open_table(f'{GERMAN}\n"{"x" * 20000}'.encode()).rows())
    assert raised.value.code == "bad_csv"


def test_german_headers_are_known():
    headers = GERMAN.split(";")
    assert guess_columns(headers) == [
        "external_ref", "tenant_number", "dwelling_number", "street", "house_number", "zip", "city", "position",
        "rooms", "area", "rent_net", "rent_utilities", "rent_heating", "date_start", "date_end", "balance",
    ]  # fmt: skip
    assert guess_columns(["Straße Nr.", "PLZ/Ort", "Name, Vorname"]) == ["street_line", "zip_city", "name"]
    assert guess_columns(["Straße", "Name", "Vorname"]) == ["street_line", "last_name", "first_name"]
    assert guess_columns(["NETTOKALTMIETE (EUR)", "vertrags_nr", "Wohnfl\u00e4che in m²"]) == [
        "rent_net",
        "external_ref",
        "area",
    ]
    assert guess_columns(["Saldo", "Saldo-Stichtag"]) == ["balance", "balance_date"]


@given(st.lists(st.text(max_size=30), max_size=30))
def test_no_field_is_guessed_twice(headers):
    guessed = [field for field in guess_columns(headers) if field]
    assert len(guessed) == len(set(guessed))


def test_the_sign_of_the_balance():
    assert guess_balance_sign("Saldo", ["-120,00", "0,00", "5,00"]) == "negative"
    assert guess_balance_sign("Saldo", ["120,00", "0,00", "-5,00", "?"]) == "positive"
    assert guess_balance_sign("Rückstand", ["-120,00"]) == "positive"
