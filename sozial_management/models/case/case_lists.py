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
            query = self._list_query(rows, field)
            if not query.is_empty():
                statements.append(self._list_statement(rows, field.inverse_name, query, len(lists)))
            lists.append((field, {}))
        if len(statements) < 2:
            return
        readable = self._search(Domain("id", "in", self.ids), active_test=False).select()
        together = SQL("WITH readable AS MATERIALIZED (%s) %s", readable, SQL(" UNION ALL ").join(statements))
        for number, case_id, row_ids in self.env.execute_query(together):
            lists[number][1][case_id] = tuple(row_ids)
        for field, found in lists:
            field._insert_cache(self, [found.get(case_id, ()) for case_id in self._ids])

    def _list_query(self, rows, field):
        """The rows of a list. That the case may be read is asked once for all lists, where the rules allow it."""
        below = field.get_comodel_domain(self) & Domain(field.inverse_name, "in", self.ids)
        beside = self.env["ir.rule"]._rules_beside_case(rows._name)
        if field.inverse_name != "case_id" or beside is None:
            return rows._search(below, order=rows._order)
        query = rows._search(below & beside, order=rows._order, bypass_access=True)
        query.add_where(SQL("%s IN (SELECT id FROM readable)", rows._field_to_sql(rows._table, "case_id", query)))
        return query

    def _list_statement(self, rows, inverse, query, number):
        """One row a case: the number of the list, the case, the ids in their order."""
        order, query.order = query.order, None
        case_id = rows._field_to_sql(rows._table, inverse, query)
        query.groupby = case_id
        ids = SQL("array_agg(%s ORDER BY %s)", SQL.identifier(rows._table, "id"), order)
        return SQL("(%s)", query.select(SQL("%s", number), case_id, ids))
