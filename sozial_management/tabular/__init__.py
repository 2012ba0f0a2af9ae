"""Reading lists of tenancies that a housing ERP exports: pure Python, no Odoo.

The parts, in the order in which a file passes them:

``source``    bytes to rows: encoding, delimiter, CSV and XLSX, one row at a time
``values``    cells to amounts, dates, numbers and texts, German notation first
``columns``   which column is which, guessed from German and English headers
``records``   a row to a typed record, every error with row and field
``planning``  what a record changes, which rows contradict each other

Nothing here speaks to a person: errors are codes with parameters (``problems``),
which the caller turns into sentences of the reader's language.
"""

from .columns import FIELDS, FIELDS_BY_NAME, REQUIRED, FieldSpec, guess_balance_sign, guess_columns, normalise
from .planning import Interval, diff_part, find_overlaps, group_moves
from .problems import Problem, TabularError
from .records import Record, RecordReader
from .source import Table, open_table

__all__ = [
    "FIELDS",
    "FIELDS_BY_NAME",
    "REQUIRED",
    "FieldSpec",
    "Interval",
    "Problem",
    "Record",
    "RecordReader",
    "Table",
    "TabularError",
    "diff_part",
    "find_overlaps",
    "group_moves",
    "guess_balance_sign",
    "guess_columns",
    "normalise",
    "open_table",
]
