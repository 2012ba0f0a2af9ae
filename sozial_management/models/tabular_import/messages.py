"""The import's codes and fields in words of the reader's language."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

FIELD_LABELS = {
    "external_ref": _lt("Contract number"),
    "date_start": _lt("Start of contract"),
    "date_end": _lt("End of contract"),
    "rent_net": _lt("Net rent"),
    "rent_utilities": _lt("Utilities"),
    "rent_heating": _lt("Heating"),
    "balance": _lt("Balance of the rent account"),
    "balance_date": _lt("Balance as of"),
    "arrears": _lt("Arrears"),
    "arrears_date": _lt("Arrears as of"),
    "dwelling_number": _lt("Dwelling number"),
    "position": _lt("Position in the building"),
    "floor": _lt("Floor"),
    "rooms": _lt("Rooms"),
    "area": _lt("Living area (m²)"),
    "street": _lt("Street"),
    "house_number": _lt("House number"),
    "street_line": _lt("Street with house number"),
    "zip": _lt("Postcode"),
    "city": _lt("City"),
    "zip_city": _lt("Postcode and city"),
    "quarter": _lt("Quarter"),
    "building_ref": _lt("Property number"),
    "year_built": _lt("Year of construction"),
    "tenant_number": _lt("Tenant number"),
    "member_number": _lt("Member number"),
    "name": _lt("Full name"),
    "last_name": _lt("Last name"),
    "first_name": _lt("First name"),
    "birth_date": _lt("Date of birth"),
    "phone": _lt("Phone"),
    "email": _lt("E-mail"),
    "role": _lt("Role in the household"),
}

# Sentences about one row. They say what is wrong and what to do.
ROW_TEXTS = {
    "key_missing": _lt("is empty. Without it the row cannot be recognised; fill it in."),
    "duplicate_key": _lt(
        "»%(value)s« stands in row %(first)s already. Each contract may have one row; remove one of the two, "
        "or let the profile read further rows as persons of the household."
    ),
    "first_row_rejected": _lt("»%(value)s« stands in row %(first)s, which was rejected. Correct that row first."),
    "person_conflict": _lt(
        "»%(value)s« stands in row %(first)s with another dwelling or other dates. "
        "Rows of one contract must agree in dwelling, start and end."
    ),
    "person_twice": _lt("»%(value)s« stands in row %(first)s with the same person already. Remove one of the two."),
    "not_a_number": _lt("»%(value)s« is not a number. Write it like 1.234,56."),
    "too_large": _lt("»%(value)s« is too large for an amount. Check the decimal comma."),
    "too_many_decimals": _lt("»%(value)s« has more than two decimals. Write it like 1.234,56."),
    "negative": _lt("»%(value)s« is negative. A rent cannot be."),
    "not_an_area": _lt("»%(value)s« is not a living area in m²."),
    "not_rooms": _lt("»%(value)s« is not a number of rooms."),
    "not_a_floor": _lt("»%(value)s« is not a floor; the floor is left as it is. Write it like 2 or 2. OG or EG."),
    "not_a_date": _lt("»%(value)s« is not a date. Write it like 31.12.2026."),
    "date_out_of_range": _lt("»%(value)s« lies before 1900 or after 2200. Correct the year."),
    "not_an_email": _lt("»%(value)s« is not an e-mail address; it is left out."),
    "not_a_role": _lt("»%(value)s« is no role. Write Mieter or Haushaltsmitglied."),
    "not_a_year": _lt("»%(value)s« is not a year with four digits; it is left out."),
    "too_long": _lt("»%(value)s…« is longer than 200 characters. Shorten it."),
    "damaged_number": _lt(
        "»%(value)s« was rounded by a spreadsheet. Format the column as text there and export again."
    ),
    "formula_without_value": _lt(
        "»%(value)s« is a formula, and the file does not hold its result. Open the file in your spreadsheet "
        "program, save it there and choose it again."
    ),
    "end_before_start": _lt("%(value)s lies before the start %(start)s. Correct one of the two dates."),
    "birth_in_future": _lt("%(value)s lies in the future; it is left out."),
    "no_house_number": _lt("»%(value)s« has no house number. Add it, or give it in a column of its own."),
    "no_zip_in_city": _lt("»%(value)s« does not begin with a postcode. Write it like 99734 Nordhausen."),
    "too_many_cells": _lt(
        "The row has more than %(width)s columns. A value probably holds the delimiter; put it in quotation marks."
    ),
    "needed_for_new": _lt("is empty, but a new contract needs it. Fill it in."),
    "dwelling_unknown": _lt(
        "There is no dwelling »%(value)s« yet, and the row lacks its address. Fill in street, house number, "
        "postcode and city."
    ),
    "overlap": _lt(
        "Dwelling %(value)s has contract %(other)s from %(start)s to %(end)s. Two contracts cannot run at the same "
        "time: end the earlier one first, or correct the dates."
    ),
    "contradiction": _lt(
        "»%(value)s« is described differently in row %(first)s; that row counts. Correct one of the two."
    ),
}

FILE_TEXTS = {
    "empty_file": _lt("The file is empty."),
    "old_excel": _lt("This is an old Excel file (.xls). Save it as .xlsx or .csv and choose it again."),
    "is_pdf": _lt("This is a PDF. Export the list as CSV or XLSX and choose that file."),
    "binary_file": _lt("This is no table. Export the list as CSV or XLSX and choose that file."),
    "bad_xlsx": _lt("The spreadsheet is damaged or protected. Open it, save it again as .xlsx and choose it again."),
    "bad_xlsx_row": _lt(
        "The spreadsheet is damaged near row %(row)s. Open it, save it again as .xlsx and choose it again."
    ),
    "too_large_unpacked": _lt("The spreadsheet is too large. Save it as CSV and choose that file."),
    "no_such_sheet": _lt("There is no sheet »%(sheet)s«. The file has: %(sheets)s."),
    "no_header": _lt("No line with column names was found. The first line must name the columns."),
    "too_many_columns": _lt("The file has more than %(limit)s columns. Export only those that are needed."),
    "too_many_rows": _lt("The file has more than %(limit)s rows. Split it."),
    "bad_encoding": _lt("Row %(row)s holds characters that cannot be read. Save the file as UTF-8 and try again."),
    "bad_csv": _lt(
        "Row %(row)s cannot be read: a quotation mark is probably not closed. Correct the row and try again."
    ),
    "column_missing": _lt("No column is chosen for »%(field)s«. Choose it in the list of columns."),
    "only_key_mapped": _lt("Choose at least one more column beside the contract number."),
}


class Describer:
    """Puts problems and changes into words of one language."""

    def __init__(self, env):
        self.labels = {name: env._(text) for name, text in FIELD_LABELS.items()}
        self._row_texts = {code: env._(text) for code, text in ROW_TEXTS.items()}
        self._file_texts = {code: env._(text) for code, text in FILE_TEXTS.items()}

    def problem(self, problem):
        """»Net rent: »viel« is not a number …« for a `tabular.Problem`."""
        text = self._row_texts[problem.code] % {"value": problem.value, **problem.params}
        label = self.labels.get(problem.field)
        return f"{label}: {text}" if label else text

    def problems(self, problems):
        return "\n".join(self.problem(problem) for problem in problems)

    def file_error(self, error):
        """The sentence for a `tabular.TabularError`."""
        params = dict(error.params)
        if "field" in params:
            params["field"] = self.labels.get(params["field"], params["field"])
        return self._file_texts[error.code] % params

    def change(self, field, old, new):
        """»Net rent: 350,00 → 360,00«."""
        return f"{self.labels[field]}: {_shown(old)} → {_shown(new)}"


def _shown(value):
    if value is None or value is False or value == "":
        return "–"
    if hasattr(value, "strftime"):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return str(value)
