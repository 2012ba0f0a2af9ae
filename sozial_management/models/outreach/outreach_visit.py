from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("planned", "Planned"),
    ("tried", "Not reached"),
    ("met", "Met"),
    ("declined", "Declined"),
    ("not_needed", "Not needed"),
]
# Short and about the talk itself: what somebody needs is handed over, not written at a dwelling.
RESULTS = [
    ("card", "Left a card"),
    ("comes", "Comes to the talk"),
    ("later", "Another day"),
    ("phone", "By phone instead"),
]
OVER = ("met", "declined", "not_needed")
ENTERED = frozenset({"state", "tries", "next_try", "user_id", "result"})


class SozialOutreachVisit(models.Model):
    """One dwelling in an outreach. Made for all dwellings of a building at once, never for a chosen few."""

    _name = "sozial.outreach.visit"
    _description = "Dwelling of an outreach"
    _order = "building_id, dwelling_id, id"
    _check_company_auto = True

    outreach_id = fields.Many2one("sozial.outreach", "Outreach", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection(related="outreach_id.kind")
    dwelling_id = fields.Many2one("sozial.dwelling", "Dwelling", required=True, readonly=True, index=True, ondelete="cascade")
    building_id = fields.Many2one(
        related="dwelling_id.building_id", string="Building", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(related="dwelling_id.company_id", string="Company", store=True, precompute=True, index=True)
    state = fields.Selection(STATES, "Status", required=True, default="planned")
    tries = fields.Integer("Tried so often", default=0)
    next_try = fields.Date("Next try on")
    result = fields.Selection(
        RESULTS, "In short", help="What came of it. What somebody needs does not stand here: hand it over to the social department."
    )
    tenant_id = fields.Many2one(
        "res.partner", "At the bell", compute="_compute_tenant_id",
        help="Who rents the dwelling today. Empty once the outreach has ended: what was noted may be about somebody who moved out.",
    )  # fmt: skip
    user_id = fields.Many2one(
        "res.users", "Who goes", domain="[('share', '=', False)]", index="btree_not_null", ondelete="set null", check_company=True,
    )  # fmt: skip
    letter = fields.Selection(
        [("printed", "Printed"), ("vacant", "Nobody lives here"), ("address", "Address is incomplete")], "Invitation", readonly=True,
    )  # fmt: skip

    _once = models.Constraint("UNIQUE (outreach_id, dwelling_id)", "This dwelling has its row already.")
    _tries_not_negative = models.Constraint("CHECK (COALESCE(tries, 0) >= 0)", "Tried so often: zero or more.")
    _letters_due = models.Index("(outreach_id, building_id, dwelling_id) WHERE letter IS NULL")

    @api.depends("dwelling_id.name")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = visit.dwelling_id.name

    @api.depends("dwelling_id", "outreach_id.state")
    def _compute_tenant_id(self):
        """Nobody's name beside what was noted long ago: whoever moved in since has declined nothing."""
        running = self.filtered(lambda visit: visit.outreach_id.state in ("draft", "running"))
        tenancies = running._running_tenancies()
        for visit in self:
            tenancy = visit in running and tenancies.get(visit.dwelling_id.id)
            visit.tenant_id = tenancy and tenancy.partner_id

    def _running_tenancies(self):
        """The tenancy of today of each dwelling that is let: {id of the dwelling: tenancy}."""
        running = [("dwelling_id", "in", self.dwelling_id.ids), ("state", "=", "running")]
        tenancies = self.env["sozial.tenancy"].search_fetch(running, ["dwelling_id", "partner_id"], limit=None)
        return {tenancy.dwelling_id.id: tenancy for tenancy in tenancies}

    def write(self, vals):
        """Who was met is noted only where that tells nothing; other kinds count answers without names.

        :raise UserError: names the way on
        """
        if vals.keys() - ENTERED:
            raise UserError(self.env._("Rows of an outreach are made by it; enter status, next try and who goes."))
        for outreach in self.outreach_id:
            if outreach.state != "running":
                raise UserError(self.env._("%s does not run: nothing is entered any more.", outreach.name))
            if outreach.kind in outreach._anonymous_kinds():
                raise UserError(self.env._("Who answered an invitation is not noted at a dwelling. Count on the outreach how many came."))
        return super().write(vals)

    def _letter_result(self, tenancy):
        """What becomes of the invitation today: printed, or why it is left out.

        :param tenancy: that of today, or nothing
        """
        building = self.building_id
        if not tenancy:
            return "vacant"
        complete = all((building.street, building.house_number, building.zip, building.city, tenancy.partner_id.name))
        return "printed" if complete else "address"

    def _write_letter(self, value):
        """What became of the invitation. For the print-out, which owns it."""
        return self._write_past({"letter": value})

    def _write_past(self, values):
        """Write past the guard. For the methods that own these fields."""
        return super().write(values)

    def action_tried(self):
        """Nobody was there: count it, and come again in a week."""
        self.check_access("write")
        for visit in self:
            again = fields.Date.add(fields.Date.context_today(visit), days=7)
            visit.write({"state": "tried", "tries": visit.tries + 1, "next_try": again})
        return True

    def action_card(self):
        """Nobody was there, a card lies in the letter box."""
        self.action_tried()
        return self.write({"result": "card"})

    def action_handover(self):
        """Somebody needs something: hand over to the social department. Nothing of it stays at the dwelling."""
        self.ensure_one()
        self.check_access("read")
        tenancy = self._running_tenancies().get(self.dwelling_id.id, self.env["sozial.tenancy"])
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_handover_new")
        return {**action, "context": {"default_tenancy_id": tenancy.id, "default_partner_id": tenancy.partner_id.id}}

    def action_met(self):
        """The talk took place."""
        return self._end("met")

    def action_declined(self):
        """They do not want a talk."""
        return self._end("declined")

    def action_not_needed(self):
        """A talk is not needed, for example because nobody lives here."""
        return self._end("not_needed")

    def action_undo(self):
        """Take the last entry back: on a phone the wrong button is tapped easily.

        :raise UserError: if nothing was entered
        """
        self.check_access("write")
        for visit in self:
            if visit.state == "planned":
                raise UserError(self.env._("%s: nothing was entered yet.", visit.dwelling_id.name))
            tries = visit.tries if visit.state in OVER else max(visit.tries - 1, 0)
            state = "tried" if tries else "planned"
            visit.write({"state": state, "tries": tries, "result": False, "next_try": fields.Date.context_today(visit)})
        return True

    def _end(self, state):
        """Nobody is visited any more; a card in the letter box is no result of a talk."""
        self.check_access("write")
        self.filtered(lambda visit: visit.result == "card").write({"result": False})
        return self.write({"state": state, "next_try": False})
