import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from .outreach_visit import OVER

# How long after moving in a talk still welcomes: tenancies that come in by a late import get one too.
NEW_FOR_DAYS = 60
VISIT_AFTER_DAYS = 14
# Longer than that nobody is welcomed: a talk that was forgotten would fill every field day of the building.
LASTS_DAYS = 180
_logger = logging.getLogger(__name__)


class SozialQuarter(models.Model):
    """Newcomers of a quarter are welcomed, or not."""

    _inherit = "sozial.quarter"

    welcome_talks = fields.Boolean(
        "Welcome talks", default=True,
        help="Each new tenancy makes a visit for the newcomer and invites all dwellings of the building to a talk.",
    )  # fmt: skip


class SozialOutreach(models.Model):
    """Welcome talk (Mietergespräch): who moves in is visited, and old and new residents of the building get to know each other.

    Moving in is no secret of social work; still every dwelling of the building has its row, the newcomer's among them.
    """

    _inherit = "sozial.outreach"

    kind = fields.Selection(selection_add=[("welcome", "Welcome talk")], ondelete={"welcome": "cascade"})
    tenancy_id = fields.Many2one(
        "sozial.tenancy", "New tenancy", readonly=True, copy=False, index="btree_not_null", ondelete="set null", check_company=True,
        help="Whom it welcomes. Each tenancy is welcomed once.",
    )  # fmt: skip

    _welcomed_once = models.UniqueIndex("(tenancy_id) WHERE tenancy_id IS NOT NULL", "This tenancy has its welcome talk already.")

    @api.model
    def _cron_welcome(self):
        """A welcome talk for each new tenancy that has none, and the end of those that are over; one that fails stops no other."""
        new, over = self._newcomers(), self._welcomed()
        steps = [(self._welcome, tenancy) for tenancy in new] + [(type(self).action_done, talk) for talk in over]
        remaining = len(steps)
        for step, record in steps:
            try:
                with self.env.cr.savepoint():
                    step(record)
            except OperationalError:
                # somebody writes the same rows: not an error, and nothing of it is kept. It is done in a moment.
                self._later("sozial_management.ir_cron_outreach_welcome")
            except Exception:
                _logger.exception("Welcome talk: %s", record)
            remaining -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                return

    @api.model
    def _welcomed(self):
        """Talks that are over: the newcomer was visited and the day of the talk has passed, or half a year has."""
        today = fields.Date.context_today(self)
        visited = Domain("visit_ids", "any", [("newcomer", "=", True), ("state", "in", OVER)]) | Domain("tenancy_id.date_end", "<", today)
        late = Domain("appointment", "=", False) & Domain("date", "<", fields.Date.subtract(today, days=NEW_FOR_DAYS))
        held = Domain("appointment", "<", fields.Datetime.now()) | late
        old = Domain("date", "<", fields.Date.subtract(today, days=LASTS_DAYS))
        made = Domain("kind", "=", "welcome") & Domain("state", "=", "running") & Domain("tenancy_id", "!=", False)
        return self.search(made & ((visited & held) | old), order="id", limit=None)

    @api.model
    def _newcomers(self):
        """Running tenancies since lately without a welcome talk, of quarters that want them.

        Who has lived in the building before, under another contract, is no newcomer.
        """
        today = fields.Date.context_today(self)
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT t.id
                 FROM sozial_tenancy t
                 JOIN sozial_dwelling d ON d.id = t.dwelling_id AND d.active
                 JOIN sozial_building b ON b.id = d.building_id AND b.active
                 JOIN sozial_quarter q ON q.id = b.quarter_id AND q.active AND q.welcome_talks
                WHERE t.date_start BETWEEN %(since)s AND %(today)s AND (t.date_end IS NULL OR t.date_end >= %(today)s)
                  AND NOT EXISTS (SELECT FROM sozial_outreach o WHERE o.tenancy_id = t.id)
                  AND NOT EXISTS (SELECT FROM sozial_tenancy e
                                   WHERE e.building_id = b.id AND e.partner_id = t.partner_id AND e.date_start < t.date_start)
                ORDER BY t.id""",
            {"today": today, "since": fields.Date.subtract(today, days=NEW_FOR_DAYS)},
        )
        return self.env["sozial.tenancy"].browse([row[0] for row in self.env.cr.fetchall()])

    @api.model
    def _welcome(self, tenancy):
        """The talk of one new tenancy, begun: a visit for the newcomer, a row for every other dwelling of the building."""
        company = tenancy.company_id
        self = self.with_context(lang=company.partner_id.lang or self.env.lang)  # noqa: PLW0642 - the name is read by its people
        month = format_date(self.env, tenancy.date_start, date_format="MMMM y")
        building, quarter = tenancy.building_id, tenancy.building_id.quarter_id
        talk = self.create(
            {
                "name": self.env._("Welcome: %(building)s, %(month)s", building=building.name, month=month),
                "kind": "welcome", "company_id": company.id, "quarter_id": quarter.id, "building_ids": building.ids,
                "date": fields.Date.context_today(self), "template_id": self.env.ref("sozial_management.letter_welcome").id,
            }
        )  # fmt: skip
        talk._write_guarded({"tenancy_id": tenancy.id, "state": "running"})
        talk._add_dwellings()
        # who has left the company or changed to another one goes nowhere: the head sees a visit without a name
        manager = quarter.manager_id.filtered(lambda one: one.active and company in one.company_ids)
        visit = talk.visit_ids.filtered(lambda one: one.dwelling_id == tenancy.dwelling_id)
        visit._write_newcomer(fields.Date.add(max(tenancy.date_start, talk.date), days=VISIT_AFTER_DAYS), manager)
        return talk


class SozialOutreachVisit(models.Model):
    """The newcomer's row among those of the building."""

    _inherit = "sozial.outreach.visit"

    newcomer = fields.Boolean(readonly=True, help="Moved in lately: is visited. The others of the building are invited.")

    def _write_newcomer(self, until, user):
        """Note whom the talk welcomes, until when and who goes. For the talk, which owns it."""
        return self._write_past({"newcomer": True, "next_try": until, "user_id": user.id})
