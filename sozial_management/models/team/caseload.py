from odoo import api, fields, models
from odoo.tools import SQL

from ..case.case import ACTIVE_STATES

AHEAD_DAYS = 14


class SozialCaseload(models.Model):
    """How much each worker has to do, for the head: numbers over all cases, also those nobody else may read.

    Computed at every look. Who wants to see a case needs access to it: the button shows those.
    """

    _name = "sozial.caseload"
    _description = "Caseload"
    _auto = False
    _order = "weight desc, id"
    _rec_name = "user_id"
    _depends = {
        "sozial.case": ["worker_id", "company_id", "state", "type_id", "last_contact_at"],
        "sozial.case.type": ["weight"],
        "sozial.deadline": ["case_id", "state", "due"],
    }

    user_id = fields.Many2one("res.users", "Worker in charge", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    case_count = fields.Integer("Open cases", readonly=True)
    weight = fields.Float("Weighted", readonly=True, digits=(6, 1), help="Open cases, each counted by the weight of its kind.")
    in_intake = fields.Integer("Intake", readonly=True)
    in_assessment = fields.Integer("Assessment", readonly=True)
    in_planning = fields.Integer("Planning", readonly=True)
    in_support = fields.Integer("Support", readonly=True)
    in_review = fields.Integer("Review", readonly=True)
    deadline_count = fields.Integer("Deadlines in 14 days", readonly=True)
    overdue_count = fields.Integer("Deadlines missed", readonly=True)
    last_contact_at = fields.Datetime("Last contact", readonly=True, aggregator="max")

    @property
    def _table_query(self):
        phases = SQL(", ").join(
            SQL("count(*) FILTER (WHERE one.state = %s) AS %s", state, SQL.identifier(f"in_{state}")) for state in ACTIVE_STATES
        )
        return SQL(
            """
            WITH due AS (
                SELECT mine.worker_id, mine.company_id, count(*) AS near, count(*) FILTER (WHERE line.due < current_date) AS late
                  FROM sozial_deadline line JOIN sozial_case mine ON mine.id = line.case_id
                 WHERE line.state = 'open' AND line.due <= current_date + %s AND mine.state IN %s
                 GROUP BY mine.worker_id, mine.company_id
            )
            SELECT one.company_id::bigint * 10000000 + one.worker_id AS id, one.worker_id AS user_id, one.company_id,
                   count(*) AS case_count, sum(kind.weight) AS weight, %s,
                   coalesce(max(due.near), 0) AS deadline_count, coalesce(max(due.late), 0) AS overdue_count,
                   max(one.last_contact_at) AS last_contact_at
              FROM sozial_case one
              JOIN sozial_case_type kind ON kind.id = one.type_id
              LEFT JOIN due ON due.worker_id = one.worker_id AND due.company_id = one.company_id
             WHERE one.state IN %s AND one.worker_id IS NOT NULL
             GROUP BY one.worker_id, one.company_id
            """,
            AHEAD_DAYS, ACTIVE_STATES, phases, ACTIVE_STATES,
        )  # fmt: skip

    @api.depends("user_id")
    def _compute_display_name(self):
        for load in self:
            load.display_name = load.user_id.name

    def action_cases(self):
        """Show the active cases of this worker, as far as one may read them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        domain = [("worker_id", "=", self.user_id.id), ("company_id", "=", self.company_id.id), ("is_active", "=", True)]
        return {**action, "name": self.user_id.name, "domain": domain, "context": {}}

    def action_transfer(self):
        """Hand cases of this worker over: those one has access to are proposed."""
        return self._action_dialog("sozial.case.transfer.ask", self.env._("Hand over"))

    def action_standin(self):
        """Arrange a stand-in for cases of this worker: those one has access to are proposed."""
        return self._action_dialog("sozial.standin.ask", self.env._("Stand-in"))

    def _action_dialog(self, model, name):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"sozial_worker_id": self.user_id.id},
        }
