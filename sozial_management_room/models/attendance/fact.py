from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sozial_management.models.figure.measure import AVERAGE, SUM, Measure

from ..utilisation.use import WEEKDAYS
from .groups import AGE_GROUPS, MOST_PEOPLE, ROLES
from .sheet import PAID

JOINT = [("joint", "Together with partners"), ("own", "On our own")]
OF_VISIT = ("period", "quarter_id", "centre_id", "activity_id", "age_group", "paid", "joint", "weekday", "hour")


class SozialActivityFact(models.Model):
    """One visit of one person to one session, as figures see it: a view of the database, without any name.

    Who came cannot be told from numbers. So the first of an age group in each session, of whatever
    activity, is taken for the same person, and so is the second; volunteers are known by name. At least so many people are behind a figure
    as came at once, and never fewer are hidden than have to be. Nobody has access to the rows; what
    leaves goes through `sozial.figure.release`.
    """

    _name = "sozial.activity.fact"
    _description = "Visit for figures"
    _inherit = "sozial.figure.source"
    _auto = False
    _log_access = False
    _rec_name = "role"
    _order = "id"
    _figure_day = "day"
    _figure_person = "contributor"
    _depends = {
        "sozial.activity.attendance": ["session_id", "role", "age_group", "volunteer_id"],
        "sozial.activity.count": ["session_id", "role", "age_group", "number"],
        "sozial.activity.sheet": ["session_id", "mode", "expense", "paid"],
        "sozial.activity.session": ["activity_id", "centre_id", "company_id", "leader_id", "partner_ids", "start", "stop", "state"],
        "sozial.volunteer.hour": ["session_id", "day", "minutes", "centre_id", "company_id", "volunteer_id"],
        "sozial.centre": ["tz", "quarter_id"],
    }

    company_id = fields.Many2one("res.company", "Company", readonly=True)
    day = fields.Date(readonly=True)
    contributor = fields.Char(readonly=True)
    role = fields.Selection(ROLES, readonly=True)
    age_group = fields.Selection(AGE_GROUPS, "Age", readonly=True)
    quarter_id = fields.Many2one("sozial.quarter", "Quarter", readonly=True)
    centre_id = fields.Many2one("sozial.centre", "Centre", readonly=True)
    activity_id = fields.Many2one("sozial.activity", "Activity", readonly=True)
    paid = fields.Selection(PAID, "Paid or free", readonly=True)
    joint = fields.Selection(JOINT, "Joint sessions", readonly=True)
    weekday = fields.Selection(WEEKDAYS, readonly=True)
    hour = fields.Selection(
        lambda self: [(f"{hour:02}", f"{hour:02}:00") for hour in range(24)],  # figures: not translated
        "Hour of the day", readonly=True,
    )  # fmt: skip
    minutes = fields.Integer(readonly=True)
    cents = fields.Integer("Expenses (cents)", readonly=True)
    payee = fields.Char(readonly=True, help="Who led the session, if it cost something: no figure tells what one or two of them got.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH named AS (
                SELECT session_id, role, age_group, count(*) AS number FROM sozial_activity_attendance GROUP BY 1, 2, 3
            ), counted AS (
                SELECT session_id, role, age_group, sum(number) AS number FROM sozial_activity_count GROUP BY 1, 2, 3
            ), cell AS (
                SELECT session_id, role, age_group, sum(number) AS number
                  FROM (
                        SELECT * FROM counted
                         UNION ALL
                        SELECT named.* FROM named
                          LEFT JOIN sozial_activity_sheet sheet ON sheet.session_id = named.session_id
                         WHERE sheet.mode IS DISTINCT FROM 'everybody'
                  ) AS both_ways
                 GROUP BY 1, 2, 3
            ), helpers AS (
                SELECT session_id, role, age_group, array_agg(volunteer_id ORDER BY id) AS ids
                  FROM sozial_activity_attendance WHERE volunteer_id IS NOT NULL GROUP BY 1, 2, 3
            ), ranked AS (
                SELECT cell.*, COALESCE(sum(number) OVER before, 0) AS earlier FROM cell WHERE number > 0
                WINDOW before AS (PARTITION BY session_id, role ORDER BY age_group ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            ), visitors AS (
                SELECT session_id, sum(number) AS number FROM cell WHERE role = 'participant' AND number > 0 GROUP BY 1
            )
            SELECT cell.session_id::bigint * 100000
                   + (CASE cell.role WHEN 'participant' THEN 0 ELSE 1 END * 4
                      + array_position(ARRAY['children', 'young', 'adults', 'older']::varchar[], cell.age_group) - 1) * %(most)s
                   + one AS id,
                   session.company_id, slot.local::date AS day,
                   COALESCE('helper/' || helpers.ids[one], concat_ws('/', cell.role, cell.age_group, one)) AS contributor,
                   cell.role, cell.age_group, centre.quarter_id, session.centre_id, session.activity_id,
                   COALESCE(sheet.paid, CASE WHEN activity.cost > 0 THEN 'paid' ELSE 'free' END) AS paid,
                   CASE WHEN EXISTS (
                       SELECT FROM sozial_activity_session_partner_rel rel WHERE rel.session_id = session.id
                   ) THEN 'joint' ELSE 'own' END AS joint,
                   (extract(isodow FROM slot.local)::int - 1)::text AS weekday, to_char(slot.local, 'HH24') AS hour,
                   round(extract(epoch FROM session.stop - session.start) / 60)::int AS minutes,
                   CASE WHEN cell.role = 'participant'  -- to the cent: all together give what was spent
                        THEN (div(100 * COALESCE(sheet.expense, 0) * (cell.earlier + one), visitors.number)
                              - div(100 * COALESCE(sheet.expense, 0) * (cell.earlier + one - 1), visitors.number))::int ELSE 0 END AS cents,
                   CASE WHEN sheet.expense > 0 THEN concat('leader/', session.leader_id) END AS payee
              FROM ranked AS cell
              JOIN sozial_activity_session session ON session.id = cell.session_id
              JOIN sozial_activity activity ON activity.id = session.activity_id
              JOIN sozial_centre centre ON centre.id = session.centre_id
              LEFT JOIN sozial_activity_sheet sheet ON sheet.session_id = session.id
              LEFT JOIN helpers ON (helpers.session_id, helpers.role, helpers.age_group) = (cell.session_id, cell.role, cell.age_group)
              LEFT JOIN visitors ON visitors.session_id = session.id
              JOIN LATERAL (SELECT timezone(centre.tz, timezone('UTC', session.start)) AS local) slot ON TRUE
              JOIN LATERAL generate_series(1, LEAST(cell.number, %(most)s)::int) AS one ON TRUE
             WHERE session.state NOT IN ('cancelled', 'suspended')
             UNION ALL
            SELECT - hour.id::bigint, hour.company_id, hour.day, 'helper/' || COALESCE(hour.volunteer_id::text, 'erased'),
                   'volunteer', NULL, centre.quarter_id, hour.centre_id, NULL, NULL, NULL,
                   (extract(isodow FROM hour.day)::int - 1)::text, NULL, hour.minutes, 0, NULL
              FROM sozial_volunteer_hour hour
              LEFT JOIN sozial_centre centre ON centre.id = hour.centre_id
             WHERE hour.session_id IS NULL
            """,
            most=MOST_PEOPLE,
        )

    @api.model
    def _figure_update(self, company, start, end, only=None):
        """What is published does not move any more: the calendar quarters of the centre, or of all, are locked."""
        centre = only[1] if only and only[0] == "centre_id" else False
        quarters = self.env["sozial.activity.quarter"].sudo()
        days, locked = quarters._days_and_locks(company, start, end)
        quarters.create(
            [
                {"company_id": company.id, "centre_id": centre, "first_day": day, "user_id": self.env.uid}
                for day in days if not quarters._settled_by(locked, company.id, centre, day)
            ]
        )  # fmt: skip

    @api.model
    def _figure_pending(self, company, start, end, only=None):
        centre = self.env["sozial.centre"].browse(only[1] if only and only[0] == "centre_id" else ())
        return self.env["sozial.activity.quarter"]._pending_text(company, start, end, centre)

    @api.model
    def _figure_measures(self):
        visits = {"about": "visit", "domain": (("role", "=", "participant"),), "dimensions": OF_VISIT}
        helping = tuple(name for name in OF_VISIT if name not in ("age_group", "paid", "joint", "hour"))
        return {
            "visits": Measure(self.env._("Visits of participants"), **visits),
            "cost": Measure(
                self.env._("Expenses for each visit in cents (average)"), shows=AVERAGE, amount="cents", payee="payee", **visits
            ),
            "volunteer_minutes": Measure(
                self.env._("Minutes of volunteers"), about="volunteer", domain=(("role", "=", "volunteer"),),
                dimensions=helping, shows=SUM, amount="minutes",
            ),
        }  # fmt: skip
