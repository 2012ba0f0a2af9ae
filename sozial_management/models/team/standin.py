from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SozialStandin(models.Model):
    """Somebody is away, and a colleague stands in: dated access to all or chosen cases.

    The grants begin and end by their dates, without anybody doing anything. The row itself
    names no case.
    """

    _name = "sozial.standin"
    _description = "Stand-in"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _anonymise = "keep"

    company_id = fields.Many2one("res.company", "Company", required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", "Away", required=True, readonly=True, index=True, ondelete="restrict", anonymise="keep")
    standin_id = fields.Many2one("res.users", "Stand-in", required=True, readonly=True, index=True, ondelete="restrict", anonymise="keep")
    date_from = fields.Date("First day", required=True, readonly=True)
    date_until = fields.Date("Last day", required=True, readonly=True)
    case_count = fields.Integer("Cases", readonly=True)
    skipped_count = fields.Integer(
        "Left out", readonly=True,
        help="Cases which the stand-in may read all the time anyway, or in which there is a conflict of interest.",
    )
    ended_at = fields.Datetime("Ended early", readonly=True)
    state = fields.Selection(
        [("planned", "To come"), ("running", "Running"), ("over", "Over")], compute="_compute_state", search="_search_state"
    )
    is_mine_to_end = fields.Boolean(compute="_compute_state")

    _dates_in_order = models.Constraint("CHECK (date_until >= date_from)", "Last day: choose one after the first day.")
    _not_oneself = models.Constraint("CHECK (user_id <> standin_id)", "Stand-in: choose another colleague.")

    @api.depends("date_from", "date_until", "ended_at")
    @api.depends_context("uid", "tz")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for one in self:
            over = one.ended_at or one.date_until < today
            one.state = "over" if over else "planned" if one.date_from > today else "running"
            one.is_mine_to_end = not over and self.env.user in one.user_id | one.standin_id | one.create_uid

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        standing = fields.Domain("ended_at", "=", False) & fields.Domain("date_until", ">=", today)
        begun = fields.Domain("date_from", "<=", today)
        domains = {"planned": standing & ~begun, "running": standing & begun, "over": ~standing}
        return fields.Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("user_id", "standin_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._("%(standin)s for %(away)s", standin=one.standin_id.name, away=one.user_id.name)

    @api.model
    def _arrange(self, cases, standin, date_from, date_until):
        """Give a colleague access to cases of one worker in charge for some days.

        :raise AccessError: without access to a case, or for others than its worker in charge and the head
        :raise UserError: names what is in the way
        """
        cases.check_access("write")
        cases._require_may_grant()
        problem = self._problem(cases, standin, date_from, date_until)
        if problem:
            raise UserError(problem)
        start, stop = (cases.company_id._day_begins(day) for day in (date_from, date_until + timedelta(days=1)))
        given = cases - cases._reading_throughout(standin, start, stop) - cases._shutting_out(standin)
        if not given:
            raise UserError(
                self.env._("Stand-in: %s may read these cases anyway, or is shut out by a conflict of interest.", standin.sudo().name)
            )
        absence = self.sudo().create(
            {
                "company_id": cases.company_id.id,
                "user_id": cases.worker_id.id,
                "standin_id": standin.id,
                "date_from": date_from,
                "date_until": date_until,
                "case_count": len(given),
                "skipped_count": len(cases - given),
            }
        )
        absence._grant(given, start, stop)
        absence._tell(
            self.env._("Stand-in arranged"),
            self.env._("%(standin)s stands in for %(away)s from %(first)s to %(last)s.", **absence._words()),
        )
        return absence.sudo(self.env.su)

    @api.model
    def _problem(self, cases, standin, date_from, date_until):
        """What is wrong with a wished stand-in, as a sentence for people; None if nothing."""
        _ = self.env._
        if not cases:
            return _("Cases: choose at least one.")
        if len(cases.worker_id) != 1 or len(cases.company_id) != 1:
            return _("Cases: choose cases of one worker in charge and one company.")
        person = standin.sudo()
        if not person.active or not person.has_group("sozial_management.group_sozial_worker") or cases.company_id not in person.company_ids:
            return _("Stand-in: choose an active social worker of the company of the cases.")
        if standin == cases.worker_id:
            return _("Stand-in: choose another colleague.")
        if date_until < date_from:
            return _("Last day: choose one after the first day.")
        if date_until < fields.Date.context_today(self):
            return _("Last day: choose one in the future.")
        return None

    def _grant(self, cases, start, stop):
        """One dated grant a case: from the first moment of the first day to the last of the last, where the company is."""
        self.env["sozial.case.access"].sudo().create(
            [
                {
                    "case_id": case.id, "user_id": self.standin_id.id, "kind": "standin", "absence_id": self.id,
                    "reason": self.env._("Stands in for %s", self.user_id.name), "valid_from": start, "valid_until": stop,
                }
                for case in cases
            ]
        )  # fmt: skip

    def action_end(self):
        """End it now, for who is away, who stands in, and who arranged it.

        :raise AccessError: for others
        :raise UserError: if it is over already
        """
        self.ensure_one()
        self.check_access("read")
        if self.env.user not in self.user_id | self.standin_id | self.create_uid:
            raise AccessError(self.env._("A stand-in is ended by who is away, who stands in, or who arranged it."))
        if self.state == "over":
            raise UserError(self.env._("This stand-in is over already."))
        absence = self.sudo()
        self.env["sozial.case.access"].sudo().search([("absence_id", "=", self.id), ("revoked_at", "=", False)], limit=None)._revoke()
        absence.write({"ended_at": fields.Datetime.now()})
        absence._tell(
            self.env._("Stand-in ended early"),
            self.env._("%(standin)s no longer stands in for %(away)s.", **absence._words()),
        )
        return True

    def action_cases(self):
        """Show the cases of this stand-in, as far as one may read them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_case")
        return {**action, "name": self.display_name, "domain": [("access_ids.absence_id", "=", self.id)], "context": {}}

    def _words(self):
        return {
            "standin": self.standin_id.name,
            "away": self.user_id.name,
            "first": fields.Date.to_string(self.date_from),
            "last": fields.Date.to_string(self.date_until),
        }

    def _tell(self, subject, body):
        """Tell both; no case and no client is named."""
        self.env["sozial.case.transfer"]._tell(self.user_id | self.standin_id, subject, body)
