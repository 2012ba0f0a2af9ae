"""Errors as codes with parameters; the caller puts them into words."""

from __future__ import annotations

from typing import Any, NamedTuple


class TabularError(Exception):
    """The file as a whole cannot be read. ``code`` says why, ``params`` fill the sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class ValueProblem(ValueError):
    """A cell does not hold what its column promises."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Problem(NamedTuple):
    """What is wrong in one row.

    :param row: number of the row as a spreadsheet shows it (the first line is 1)
    :param field: technical name of the field of ``columns.FIELDS``, or ``None`` for the whole row
    :param code: why
    :param value: what stands in the cell, shortened
    :param params: further parameters of the sentence
    :param fatal: ``False`` when the row can go in without this value
    """

    row: int
    field: str | None
    code: str
    value: str = ""
    params: dict[str, Any] = {}
    fatal: bool = True
