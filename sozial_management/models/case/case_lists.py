from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class SozialCase(models.Model):
    """Opening a case reads all lists of its form by one statement."""

    _inherit = "sozial.case"

    def web_read(self, specification):
        """With what the form asks for read together first."""
        self._fetch_lists([name for name in specification if name in self._fields])
        return super().web_read(specification)

    web_read._readonly = False  # the log writes while it is read

    def _fetch_lists(self, names):
        """Fill the cache for several lists of rows below these cases.

        Each list is what the ORM would read by a query of its own: the same domain, order and record rules.
        Who may not read a model at all hears so from the ORM afterwards.
        """
        lists, statements = [], []
        for field in map(self._fields.get, names):
            if field.type != "one2many" or not field.inverse_name or not field.comodel_name.startswith("sozial.") or not self.ids:
                continue
            rows = self.env[field.comodel_name].with_context(**{"active_test": False, **field.context})
            if not rows.has_access("read"):
                continue
            query = rows._search(field.get_comodel_domain(self) & Domain(field.inverse_name, "in", self.ids), order=rows._order)
            if not query.is_empty():
                statements.append(self._list_statement(rows, field.inverse_name, query, len(lists)))
            lists.append((field, {}))
        if len(statements) < 2:
            return
        for number, case_id, row_ids in self.env.execute_query(SQL(" UNION ALL ").join(statements)):
            lists[number][1][case_id] = tuple(row_ids)
        for field, found in lists:
            field._insert_cache(self, [found.get(case_id, ()) for case_id in self._ids])

    def _list_statement(self, rows, inverse, query, number):
        """One row a case: the number of the list, the case, the ids in their order."""
        order, query.order = query.order, None
        case_id = rows._field_to_sql(rows._table, inverse, query)
        query.groupby = case_id
        ids = SQL("array_agg(%s ORDER BY %s)", SQL.identifier(rows._table, "id"), order)
        return SQL("(%s)", query.select(SQL("%s", number), case_id, ids))
