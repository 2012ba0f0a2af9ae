from contextlib import contextmanager
from functools import partial

from odoo import api, models
from odoo.http import request
from odoo.service.server import thread_local

from .book import ListEntry, current_list

# The neutral number tells nothing.
NEUTRAL = {"id", "display_name"}


def on_writable_cursor(method):
    """Reads that are logged write: on a read-only cursor every one of them would run twice."""
    method._readonly = False
    return method


class SozialAccessLogged(models.AbstractModel):
    """A case or a part of it: whatever a client gets of it leaves a row in the access log.

    The hooks sit where values leave for a client, in `_read_format` and `_export_rows`, through
    which `read`, `search_read`, `web_read` and exports go, also those of another model that
    follow a link to here. Lists wrap them: what is read for a list is part of its one row.
    """

    _name = "sozial.access.logged"
    _description = "Reads are logged"

    def _logged_case_ids(self):
        """Ids of the cases these records belong to, without a query if they have just been read."""
        return self._origin.case_id.ids

    def _logged_as(self):
        """The kind of record that the log names; another one where the kind alone would tell too much."""
        return self._name

    def _reads_are_logged(self):
        return not self._transient and self.env["sozial.access.log"]._is_client()

    def _log_opening(self):
        """Note an opening, or what a list consists of."""
        if not self._reads_are_logged():
            return
        entry = current_list.get()
        if entry:
            self._add_to_list(entry)
        else:
            self._log_reading("opening")

    def _add_to_list(self, entry):
        """Note of what a list consists."""
        entry.cases.update(self._logged_case_ids())

    def _log_reading(self, kind, count=None):
        """Note that the current user got these records.

        :param str kind: as in the log
        :param int count: how many rows it were, for what leaves the house
        """
        self.env["sozial.access.log"]._log_cases(kind, self._logged_case_ids(), self._logged_as(), count)

    @contextmanager
    def _logging_list(self, *question):
        """What is read inside is one list. Yields a function that takes the number of rows."""
        if current_list.get() or not self._reads_are_logged():
            yield lambda count: None
            return
        log = self.env["sozial.access.log"]
        entry = ListEntry(self.env, self._logged_as(), log._question(self._name, *question))
        token = current_list.set(entry)
        try:
            yield partial(setattr, entry, "count")
        finally:
            current_list.reset(token)
        log._log_list(entry)

    @api.model
    def _is_called_by_client(self, method):
        """Whether the current request asks for exactly this method of this model.

        `search` and `search_count` serve the server's own code all the time; asked from outside,
        they too tell something.
        """
        if not request:
            return False
        params = request.params
        called = (params.get("model") or params.get("__model__"), params.get("method") or params.get("__method__"))
        return called == (self._name, method) or thread_local.rpc_model_method == f"{self._name}.{method}"

    # ---- records ----

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        """With the case at once, so that the log needs no query of its own to name it."""
        if field_names:
            field_names = [*field_names, *self._case_field()]
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    @on_writable_cursor
    def read(self, fields=None, load="_classic_read"):
        if fields and NEUTRAL.issuperset(fields):  # for these alone, the ORM does not ask
            self.check_access("read")
        return super().read(fields, load)

    @on_writable_cursor
    def web_read(self, specification):
        return super().web_read(specification) if self else []  # most lists of a case are empty

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load)
        if result and not NEUTRAL.issuperset(fnames):
            self._log_opening()
        return result

    def _case_field(self):
        return ["case_id"]

    def copy_data(self, default=None):
        self._log_opening()
        return super().copy_data(default)

    def onchange(self, values, field_names, fields_spec):
        """A form filled in for a case shows something of it before it is saved."""
        result = super().onchange(values, field_names, fields_spec)
        self._log_opening()
        if "case_id" in self._fields and self._reads_are_logged():
            self.env["sozial.case"]._log_filled_in(values, result)
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        if self and self._reads_are_logged():
            self._log_reading("export", len(self))
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    # ---- lists, boards, sums ----

    @api.model
    @on_writable_cursor
    def search(self, domain, offset=0, limit=None, order=None):
        found = super().search(domain, offset, limit, order)
        if self._is_called_by_client("search"):
            with self._logging_list(domain) as count:
                count(len(found))
        return found

    @api.model
    @on_writable_cursor
    def search_count(self, domain, limit=None):
        found = super().search_count(domain, limit)
        if self._is_called_by_client("search_count"):
            with self._logging_list(domain) as count:
                count(found)
        return found

    @api.model
    @on_writable_cursor
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        found = super().search_fetch(domain, field_names, offset, limit, order)
        if self._is_called_by_client("search_fetch"):
            with self._logging_list(domain) as count:
                count(len(found))
        return found

    @api.model
    @on_writable_cursor
    def search_read(self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs):
        with self._logging_list(domain) as count:
            rows = super().search_read(domain, fields, offset, limit, order, **read_kwargs)
            count(len(rows))
        return rows

    @api.model
    @on_writable_cursor
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        with self._logging_list(domain) as count:
            result = super().web_search_read(domain, specification, offset, limit, order, count_limit)
            count(len(result["records"]))
        return result

    @api.model
    @on_writable_cursor
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        with self._logging_list(name, domain, operator) as count:
            found = super().name_search(name, domain, operator, limit)
            count(len(found))
        return found

    @api.model
    @on_writable_cursor
    def web_name_search(self, name, specification, domain=None, operator="ilike", limit=100):
        with self._logging_list(name, domain, operator) as count:
            found = super().web_name_search(name, specification, domain, operator, limit)
            count(len(found))
        return found

    @api.model
    @on_writable_cursor
    def web_read_group(self, domain, groupby, *args, **kwargs):
        with self._logging_list(domain, groupby) as count:
            result = super().web_read_group(domain, groupby, *args, **kwargs)
            count(sum(group.get("__count") or 0 for group in result["groups"]))
        return result

    @api.model
    @on_writable_cursor
    def formatted_read_group(self, domain, groupby=(), *args, **kwargs):
        with self._logging_list(domain, groupby) as count:
            groups = super().formatted_read_group(domain, groupby, *args, **kwargs)
            count(len(groups))
        return groups

    @api.model
    @on_writable_cursor
    def formatted_read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        with self._logging_list(domain, grouping_sets) as count:
            groups = super().formatted_read_grouping_sets(domain, grouping_sets, *args, **kwargs)
            count(sum(map(len, groups)))
        return groups

    @api.model
    @on_writable_cursor
    def read_group(self, domain, fields, groupby, *args, **kwargs):
        with self._logging_list(domain, groupby) as count:
            groups = super().read_group(domain, fields, groupby, *args, **kwargs)
            count(len(groups))
        return groups

    @api.model
    @on_writable_cursor
    def read_progress_bar(self, domain, group_by, progress_bar):
        with self._logging_list(domain, group_by) as count:
            result = super().read_progress_bar(domain, group_by, progress_bar)
            count(len(result))
        return result

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        with self._logging_list(field_name, kwargs) as count:
            result = super().search_panel_select_range(field_name, **kwargs)
            count(len(result.get("values", ())))
        return result

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        with self._logging_list(field_name, kwargs) as count:
            result = super().search_panel_select_multi_range(field_name, **kwargs)
            count(len(result.get("values", ())))
        return result
