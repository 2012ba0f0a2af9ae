"""The server's log holds nothing of a case, also where something goes wrong.

Odoo logs a failed query with all its values, a refused request with its sentence, an export
with its filter. Where that concerns our tables, the kind of error stays and the content goes.
"""

import logging
import traceback

from odoo.http import request

OURS = "sozial"
LOGGERS = (
    "odoo.sql_db",
    "odoo.http",
    "odoo.addons.web.controllers.export",
    "odoo.addons.base_import.models.base_import",
)


class WithoutContent(logging.Filter):
    """Lets every record pass, without what it could tell about a case."""

    def filter(self, record):
        if record.name == "odoo.sql_db":
            self._strip_query(record)
        elif record.name == "odoo.addons.web.controllers.export":
            self._strip_export(record)
        elif self._is_about_us():
            self._strip_error(record)
        return True

    def _strip_query(self, record):
        args = record.args if isinstance(record.args, tuple) else ()
        query = args[0] if args else ""
        text = query.decode(errors="replace") if isinstance(query, bytes) else str(query)
        if record.levelno >= logging.WARNING and f"{OURS}_" in text:
            error = args[-1]
            diagnostics = getattr(error, "diag", None)
            record.msg = "bad query on table %s (%s, constraint %s); its values are left out"
            record.args = (
                getattr(diagnostics, "table_name", None), type(error).__name__, getattr(diagnostics, "constraint_name", None),
            )  # fmt: skip

    def _strip_export(self, record):
        if isinstance(record.args, tuple) and len(record.args) > 3 and str(record.args[2]).startswith(f"{OURS}."):
            record.args = (*record.args[:-1], "left out")

    def _is_about_us(self):
        """Whether the request at hand names one of our models; outside a request nothing is hidden."""
        return bool(request) and f"{OURS}." in request.httprequest.path

    def _strip_error(self, record):
        error = record.msg if isinstance(record.msg, BaseException) else None
        if error is not None:
            record.msg = "%s on %s; its text is left out"
            record.args = (type(error).__name__, request.httprequest.path)
        if record.exc_info and record.exc_info[0]:
            kind, _error, where = record.exc_info
            record.exc_text = "".join(traceback.format_tb(where)) + f"{kind.__name__}: its text is left out"
            record.exc_info = None


def install():
    """Hang the filter in, once a process."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        if not any(type(one).__name__ == "WithoutContent" for one in logger.filters):
            logger.addFilter(WithoutContent())


install()
