from odoo import fields, models
from odoo.tools import SQL

FINDINGS = [
    ("foreign", "Many cases of colleagues"),
    ("late", "Many cases at night or on the weekend"),
    ("export", "Many cases exported or printed"),
    ("long", "Very long lists"),
    ("emergency", "Emergency access"),
    ("none", "Without a grant or as system user"),
]
DAYS = 30
NUMBERS = ["foreign_cases", "late_cases", "exported_cases", "long_lists", "day_starts", "day_ends"]
# Each finding: what is counted, of which rows, and from which number it is shown.
FOUND = """
    WITH recent AS (
        SELECT log.*, COALESCE(log.case_id::text, log.res_model || ' ' || log.record_id) AS thing,
               (log.at AT TIME ZONE 'UTC') AT TIME ZONE COALESCE(calendar.tz, 'Europe/Berlin') AS local,
               COALESCE(policy.foreign_cases, %(foreign_cases)s) AS foreign_cases,
               COALESCE(policy.late_cases, %(late_cases)s) AS late_cases,
               COALESCE(policy.exported_cases, %(exported_cases)s) AS exported_cases,
               COALESCE(policy.long_lists, %(long_lists)s) AS long_lists,
               COALESCE(policy.day_starts, %(day_starts)s) AS day_starts,
               COALESCE(policy.day_ends, %(day_ends)s) AS day_ends
          FROM sozial_access_log log
          JOIN res_company company ON company.id = log.company_id
          LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
          LEFT JOIN sozial_access_policy policy ON policy.company_id = company.id
         WHERE log.at >= timezone('UTC', now()) - interval '%(days)s days' AND log.kind <> 'administration'
    ), found AS (
        SELECT 1 AS place, 'foreign' AS finding, user_id, company_id, count(DISTINCT case_id) AS number, max(at) AS last_at,
               max(id) AS last_id, max(foreign_cases) AS least
          FROM recent WHERE reason NOT IN ('lead', 'co') GROUP BY user_id, company_id
         UNION ALL
        SELECT 2, 'late', user_id, company_id, count(DISTINCT thing), max(at), max(id), max(late_cases)
          FROM recent
         WHERE thing IS NOT NULL AND (
               extract(isodow FROM local) > 5 OR extract(hour FROM local) < day_starts OR extract(hour FROM local) >= day_ends)
         GROUP BY user_id, company_id
         UNION ALL
        SELECT 3, 'export', user_id, company_id, count(DISTINCT thing), max(at), max(id), max(exported_cases)
          FROM recent WHERE kind IN ('export', 'print') GROUP BY user_id, company_id
         UNION ALL
        SELECT 4, 'long', user_id, company_id, count(*), max(at), max(id), 1
          FROM recent WHERE kind = 'list' AND row_count >= long_lists GROUP BY user_id, company_id
         UNION ALL
        SELECT 5, 'emergency', user_id, company_id, count(*), max(at), max(id), 1
          FROM recent WHERE kind = 'emergency' GROUP BY user_id, company_id
         UNION ALL
        SELECT 6, 'none', user_id, company_id, count(DISTINCT thing), max(at), max(id), 1
          FROM recent WHERE reason IN ('none', 'superuser') GROUP BY user_id, company_id
    )
    SELECT last_id * 8 + place AS id, finding, user_id, company_id, number, least, last_at FROM found WHERE number >= least
"""


class SozialAccessUnusual(models.Model):
    """Who read unusually in the last 30 days. A reason to ask, no accusation.

    Computed from the access log at every look; the numbers from which something is unusual
    are the company's (`sozial.access.policy`).
    """

    _name = "sozial.access.unusual"
    _description = "Unusual access"
    _auto = False
    _order = "number desc, id"
    _rec_name = "finding"
    _depends = {
        "sozial.access.policy": NUMBERS,
        "res.company": ["resource_calendar_id"],
        "resource.calendar": ["tz"],
    }

    user_id = fields.Many2one("res.users", "Who", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    finding = fields.Selection(FINDINGS, "What is unusual", readonly=True)
    number = fields.Integer("How many", readonly=True, help="Different cases, sheets and checklists; for lists and emergencies: how often.")
    least = fields.Integer("Unusual from", readonly=True, aggregator=None)
    last_at = fields.Datetime("Last time", readonly=True)

    @property
    def _table_query(self):
        defaults = self.env["sozial.access.policy"].default_get(NUMBERS)
        return SQL(FOUND, days=DAYS, **{name: defaults[name] for name in NUMBERS})

    def action_show_entries(self):
        """Open what this person read in these days."""
        self.ensure_one()
        self.check_access("read")
        domain = [("user_id", "=", self.user_id.id), ("at", ">=", f"today -{DAYS}d"), *self._domain_of_finding()]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What %s read", self.user_id.sudo().name),
            "res_model": "sozial.access.log",
            "view_mode": "list,pivot,graph",
            "domain": domain,
        }

    def _domain_of_finding(self):
        """The rows a finding counts; those of the night cannot be told by a domain, so all with a case."""
        return {
            "foreign": [("reason", "not in", ("lead", "co", False))],
            "late": ["|", ("case_id", "!=", False), ("record_id", "!=", False)],
            "export": [("kind", "in", ("export", "print"))],
            "long": [("kind", "=", "list")],
            "emergency": [("kind", "=", "emergency")],
            "none": [("reason", "in", ("none", "superuser"))],
        }[self.finding]
