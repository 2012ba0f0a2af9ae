from odoo import fields, models
from odoo.tools import SQL

from ..activity.activity import KINDS
from .fact import JOINT, SozialActivityFact
from .groups import ROLES

QUARTERS = [
    ("1", "January to March"),
    ("2", "April to June"),
    ("3", "July to September"),
    ("4", "October to December"),
]


class SozialActivityComparison(models.Model):
    """Visits of an activity on a day beside those of the year before: a view of the database, for pivot and graph.

    Who came on a day stands there twice: as a visit of its year, and as a visit of the year before in the
    year that follows, until the same day there. So a running quarter is compared with as much of the former one.
    For the management of the centres, who enter these numbers; whoever is outside gets the report to a funder, where
    small figures are hidden.
    """

    _name = "sozial.activity.comparison"
    _description = "Participation beside the year before"
    _auto = False
    _log_access = False
    _rec_name = "year"
    _order = "year desc, quarter, id"
    _depends = {
        **SozialActivityFact._depends,
        "sozial.activity": ["kind"],
        "sozial.activity.quarter": ["centre_id", "company_id", "first_day"],
    }

    company_id = fields.Many2one("res.company", "Company", readonly=True)
    year = fields.Char(readonly=True)
    quarter = fields.Selection(QUARTERS, "Calendar quarter", readonly=True)
    centre_id = fields.Many2one("sozial.centre", "Centre", readonly=True)
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", readonly=True)
    activity_id = fields.Many2one("sozial.activity", "Activity", readonly=True)
    kind = fields.Selection(KINDS, "Kind of activity", readonly=True)
    role = fields.Selection(ROLES, readonly=True)
    joint = fields.Selection(JOINT, "Joint sessions", readonly=True)
    settled = fields.Selection(
        [("locked", "Locked"), ("open", "Not locked yet")], "Lock of the quarter", readonly=True,
        help="Whether the centre, or the company, has locked this calendar quarter: until then its numbers still move.",
    )  # fmt: skip
    visits = fields.Integer(readonly=True, help="One person at one session; who comes again is counted again.")
    sessions = fields.Integer(
        "Sessions", readonly=True, help="At which participants, or volunteers, were counted. Where both were, it stands in both."
    )
    visits_before = fields.Integer(
        "Year before", readonly=True, help="Visits of the year before, in the running quarter only up to the same day of the year before."
    )
    change = fields.Integer("More or fewer", readonly=True, help="Visits less those of the year before.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH held AS (
                -- the session is in the number of the visit, see there
                SELECT company_id, day, centre_id, quarter_id, activity_id, role, joint, count(*) AS number,
                       count(DISTINCT id / 100000) AS sessions
                  FROM (%s) AS fact WHERE activity_id IS NOT NULL
                 GROUP BY 1, 2, 3, 4, 5, 6, 7
            ), beside AS (
                SELECT held.*, day AS shown, number AS visits, 0 AS visits_before, sessions AS taken_place FROM held
                 UNION ALL
                SELECT held.*, (day + interval '1 year')::date, 0, number, 0 FROM held
                 WHERE (day + interval '1 year')::date <= %s
            )
            SELECT row_number() OVER (ORDER BY shown, beside.activity_id, role, visits, beside.centre_id, joint) AS id,
                   beside.company_id, extract(year FROM shown)::int::text AS year, extract(quarter FROM shown)::int::text AS quarter,
                   beside.centre_id, beside.quarter_id, beside.activity_id, activity.kind, role, joint, taken_place::int AS sessions,
                   CASE WHEN EXISTS (
                       SELECT FROM sozial_activity_quarter lock
                        WHERE lock.company_id = beside.company_id AND lock.first_day = date_trunc('quarter', shown)::date
                          AND (lock.centre_id IS NULL OR lock.centre_id = beside.centre_id)
                   ) THEN 'locked' ELSE 'open' END AS settled,
                   visits::int, visits_before::int, (visits - visits_before)::int AS change
              FROM beside JOIN sozial_activity activity ON activity.id = beside.activity_id
            """,
            self.env["sozial.activity.fact"]._table_query,
            fields.Date.context_today(self),
        )
