"""Bytes to rows: encoding, delimiter, CSV and XLSX, one row at a time.

The file may come from any program and from anybody, so every failure ends in a
`TabularError` with a code, and no file makes the reader hold more than one row.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from .problems import TabularError

MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
MAX_UNPACKED = 2_000_000_000
MAX_SHARED_STRINGS = 400_000_000
HEADER_SEARCH_ROWS = 20
DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 65536
_FORMULA = re.compile(rb"<f[ >/]")


class Formula(str):
    """A formula of a spreadsheet whose result is not stored."""

    __slots__ = ()


class Table:
    """A file that was recognised: its header and how to walk its rows.

    :ivar header: texts of the header row
    :ivar header_row: its number (the first line of the file is 1)
    :ivar sheets: names of the sheets (empty for CSV)
    :ivar encoding, delimiter: how a CSV is written (empty for XLSX)
    """

    def __init__(self, data: bytes, sheet: str | None = None) -> None:
        self._data = data
        self.sheet = sheet
        self.sheets: list[str] = []
        self.encoding = self.delimiter = ""
        self.is_xlsx = data[:4] == b"PK\x03\x04"
        if self.is_xlsx:
            _check_archive(data)
        else:
            self.encoding = detect_encoding(data)
            self.delimiter = detect_delimiter(_head(data, self.encoding))
        self.header_row, self.header = self._find_header()

    def _find_header(self) -> tuple[int, list[str]]:
        """The fullest of the first rows: programs put a title and empty lines above."""
        best: tuple[int, int, list[Any]] = (0, 0, [])
        for number, cells in self._walk():
            if number > HEADER_SEARCH_ROWS:
                break
            texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
            named = sum(any(char.isalpha() for char in cell) for cell in texts)
            if named > best[0]:
                best = (named, number, cells)
        if best[0] < 2:
            raise TabularError("no_header")
        header = [str(cell).strip() if cell is not None else "" for cell in best[2]]
        while header and not header[-1]:
            header.pop()
        if len(header) > MAX_COLUMNS:
            raise TabularError("too_many_columns", limit=MAX_COLUMNS)
        return best[1], header

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """(row number, cells) of every row below the header that is not empty."""
        for number, cells in self._walk():
            if number <= self.header_row:
                continue
            if number > MAX_ROWS:
                raise TabularError("too_many_rows", limit=MAX_ROWS)
            if any(cell not in (None, "") for cell in cells):
                yield number, cells

    def _walk(self) -> Iterator[tuple[int, list[Any]]]:
        return self._walk_xlsx() if self.is_xlsx else self._walk_csv()

    def _walk_csv(self) -> Iterator[tuple[int, list[Any]]]:
        stream = io.TextIOWrapper(io.BytesIO(self._data), encoding=self.encoding, newline="")
        csv.field_size_limit(MAX_CELL)
        lines: list[str] = []  # of the row that is being read
        reader = csv.reader(_noting(stream, lines), delimiter=self.delimiter)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                if len(lines) > 1 and not self._is_whole(lines):
                    raise TabularError("bad_csv", row=number)
                last, lines[:] = "".join(lines), []
                yield number, cells
            if number and not self._is_whole([last]):
                raise TabularError("bad_csv", row=number)
        except UnicodeDecodeError:
            raise TabularError("bad_encoding", row=number + 1) from None
        except csv.Error:
            raise TabularError("bad_csv", row=number + 1) from None

    def _is_whole(self, lines: list[str]) -> bool:
        """Whether every quotation mark of a row is closed.

        The reader takes what follows an open one for the text of its cell: rows would
        vanish, and their tenancies be taken for ended. So a row over several lines must be
        quoted without a fault; in a single line marks for inches and the like may stand.
        """
        try:
            list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return len("".join(lines).splitlines()) < 2 and "end of data" not in str(error)
        return True

    def _walk_xlsx(self) -> Iterator[tuple[int, list[Any]]]:
        # imported here: a CSV is read without it
        import openpyxl

        try:
            book = openpyxl.load_workbook(io.BytesIO(self._data), read_only=True, data_only=True, keep_links=False)
        except Exception as error:
            raise TabularError("bad_xlsx") from error
        try:
            self.sheets = [sheet.title for sheet in book.worksheets]
            if not self.sheets:
                raise TabularError("bad_xlsx")
            if self.sheet and self.sheet not in self.sheets:
                raise TabularError("no_such_sheet", sheet=self.sheet, sheets=", ".join(self.sheets))
            sheet = book[self.sheet or self.sheets[0]]
            sheet.reset_dimensions()  # the stored size is often wrong
            rows = _with_formulas(sheet, self._data) if _has_formulas(self._data) else sheet.iter_rows(values_only=True)
            number = 0
            while True:
                try:
                    cells = next(rows, None)
                except Exception as error:
                    raise TabularError("bad_xlsx_row", row=number + 1) from error
                if cells is None:
                    return
                number += 1
                yield number, list(cells)
        finally:
            book.close()


def _has_formulas(data: bytes) -> bool:
    """Whether any sheet of an XLSX holds a formula; looked for in pieces."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with archive.open(name) as stream:
                tail = b""
                while piece := stream.read(_SAMPLE):
                    if _FORMULA.search(tail + piece):
                        return True
                    tail = piece[-2:]
    return False


def _with_formulas(sheet: Any, data: bytes) -> Iterator[list[Any]]:
    """Values of a sheet; a formula whose result the file does not hold comes as `Formula`.

    Programs that write a spreadsheet without computing it leave the result out.
    """
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        twin = book[sheet.title]
        twin.reset_dimensions()
        for values, cells in zip(sheet.iter_rows(values_only=True), twin.iter_rows(), strict=True):
            yield [
                Formula(getattr(cell.value, "text", cell.value) or "=")
                if value is None and cell.data_type == "f"
                else value
                for value, cell in zip(values, cells, strict=True)
            ]
    finally:
        book.close()


def _noting(stream: Iterable[str], lines: list[str]) -> Iterator[str]:
    """The lines of a stream, each noted in ``lines`` when it is read."""
    for line in stream:
        lines.append(line)
        yield line


def open_table(data: bytes, sheet: str | None = None) -> Table:
    """Recognise a file.

    :param data: the content
    :param sheet: name of the sheet of an XLSX (the first without it)
    :raises TabularError: not a table; the code says why
    """
    if not data.strip():
        raise TabularError("empty_file")
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise TabularError("old_excel")
    if data[:5] == b"%PDF-":
        raise TabularError("is_pdf")
    return Table(data, sheet)


def detect_encoding(data: bytes) -> str:
    """``utf-8-sig``, ``utf-16`` or ``cp1252``; the whole file is looked at, in pieces."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\x00" in data[:_SAMPLE]:
        raise TabularError("binary_file")
    stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    try:
        while stream.read(_SAMPLE):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _head(data: bytes, encoding: str) -> str:
    try:
        return data[:_SAMPLE].decode(encoding, errors="ignore")
    except UnicodeError:
        raise TabularError("bad_encoding", row=1) from None


def detect_delimiter(head: str) -> str:
    """The delimiter that gives the first lines the most columns, alike in every line."""
    lines = head.splitlines()[:HEADER_SEARCH_ROWS]
    best, best_score = DELIMITERS[0], 0.0
    for delimiter in DELIMITERS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        except csv.Error:
            continue
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width))
        score = widths.count(common) * (common - 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _check_archive(data: bytes) -> None:
    """Refuse an XLSX that is broken or would unpack to more than the machine should hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise TabularError("bad_xlsx") from error
    if sum(sizes.values()) > MAX_UNPACKED or sizes.get("xl/sharedStrings.xml", 0) > MAX_SHARED_STRINGS:
        raise TabularError("too_large_unpacked")
