from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...statute import precheck

VERDICT = [("likely", "Likely"), ("unclear", "Unclear"), ("unlikely", "Unlikely")]


class SozialBenefitCheck(models.Model):
    """A pre-check of Wohngeld, Grundsicherung and Kinderzuschlag, kept on a case with all its inputs.

    The outcome is stored as it was computed: the same inputs and rules give it again, and newer
    rules are shown beside it (`difference_html`), never written over it.
    """

    _name = "sozial.benefit.check"
    _description = "Pre-check of benefits"
    _inherit = ["sozial.benefit.inputs", "sozial.confidential"]
    _anonymise = "delete"
    _order = "date desc, id desc"

    client_id = fields.Many2one(related="case_id.client_id", string="Client", related_sudo=False)
    tenancy_id = fields.Many2one("sozial.tenancy", "Tenancy", check_company=True, index="btree_not_null", ondelete="restrict")
    person_ids = fields.One2many("sozial.benefit.check.person", "check_id", "Household", copy=True)
    result = fields.Json(store=True)
    wohngeld = fields.Selection(VERDICT, compute="_compute_verdicts", store=True)
    grundsicherung = fields.Selection(VERDICT, "Basic income support", compute="_compute_verdicts", store=True)
    kinderzuschlag = fields.Selection(VERDICT, "Child supplement", compute="_compute_verdicts", store=True)
    difference_html = fields.Html("By the rules of today", compute="_compute_difference_html", sanitize=False)
    application_ids = fields.One2many("sozial.benefit.application", "check_id", "Applications", readonly=True)

    _rent_not_negative = models.Constraint(
        "CHECK (COALESCE(rent_cold, 0) >= 0 AND COALESCE(rent_heating, 0) >= 0 AND COALESCE(recognised_rent, 0) >= 0)",
        "Rents cannot be negative.",
    )

    @api.depends("result")
    def _compute_verdicts(self):
        for check in self:
            for name in precheck.BENEFITS:
                check[name] = ((check.result or {}).get(name) or {}).get("verdict", False)

    @api.depends("case_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.onchange("case_id")
    def _onchange_case_id(self):
        self.tenancy_id = self.case_id.tenancy_id

    @api.onchange("tenancy_id")
    def _onchange_tenancy_id(self):
        """Household, rent and rent level come with the tenancy."""
        if self.tenancy_id:
            self.update(self._values_of_tenancy(self.tenancy_id, self.case_id.client_id))
            self.person_ids = [Command.clear(), *map(Command.create, self._household_of(self.tenancy_id, self.case_id.client_id))]

    @api.model
    def _values_of_tenancy(self, tenancy, client):
        return {
            "rent_cold": tenancy.rent_net + tenancy.rent_utilities,
            "rent_heating": tenancy.rent_heating,
            "mietenstufe": tenancy.quarter_id.mietenstufe,
        }

    @api.model
    def _household_of(self, tenancy, client):
        """Values of who lives in the dwelling now. Who is a partner is guessed: the second adult; people correct it."""
        today = fields.Date.context_today(self)
        living = tenancy._living_on(today)
        asking = client if client in living else tenancy.partner_id
        age_of = self.env["sozial.benefit.check.person"]._age_of
        rows, partner_found = [], False
        for sequence, partner in enumerate(asking | living, 1):
            age = age_of(partner, today)
            if partner == asking:
                role = "self"
            elif 0 < age < 25:
                role = "child"
            else:
                role, partner_found = ("other" if partner_found else "partner"), True
            rows.append({"partner_id": partner.id, "role": role, "age": age, "sequence": sequence})
        return rows

    @api.constrains(lambda self: self._input_fields_own())
    def _check_inputs(self):
        """Nothing is stored that cannot be computed."""
        for check in self:
            problems = check._problems()
            if not problems and "problem" in (check.result or {}):
                problems = [check._outside_message()]
            if problems:
                raise ValidationError("\n".join(problems))

    def _input_fields_own(self):
        return ("date", "mietenstufe", "rent_cold", "rent_heating", "recognised_rent", "person_ids")

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        checks._require_open()
        return checks

    def write(self, vals):
        self._require_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._require_open()

    def _require_open(self):
        """Stop changes of a check that led to a filed application: the decision is compared with it.

        :raise UserError: says what to do instead
        """
        self.case_id._require_not_ended()
        if any(one.state != "prepared" for one in self.sudo().application_ids):
            raise UserError(self.env._("This pre-check led to an application and stays as it is. Make a new one."))

    @api.depends("application_ids.state", "application_ids.informal_on")
    def _compute_outcome_html(self):
        return super()._compute_outcome_html()

    def _applied(self):
        """Codes of the benefits whose month is kept by an application already."""
        return {one.benefit_id.code for one in self.application_ids if one.informal_on or one.filed_on}

    def _month_saver(self, result):
        return super()._month_saver({name: found for name, found in result.items() if name not in self._applied()})

    # later --------------------------------------------------------------------------------

    def _again(self):
        """The outcome of the stored inputs, computed anew by the rules of their day."""
        self.ensure_one()
        return self._outcome_of(self._as_input())

    def _by_rules_of(self, day):
        """The outcome of the same household and rent by the rules of another day."""
        self.ensure_one()
        return self._outcome_of({**self._as_input(), "date": fields.Date.to_string(day)})

    @api.depends("result")
    @api.depends_context("lang", "tz")
    def _compute_difference_html(self):
        today = fields.Date.context_today(self)
        for check in self:
            check.difference_html = check._difference_page(today) if check.result and "problem" not in check.result else False

    def _difference_page(self, today):
        """Before and after, for those benefits where the rules of today say something else; or nothing."""
        now = self._by_rules_of(today)
        if "problem" in now:
            return False
        rows = [
            {"before": self._card(name, old), "after": self._card(name, now[name])}
            for name, old in self.result.items()
            if any(old[key] != now[name][key] for key in ("verdict", "low", "high", "version"))
        ]
        return self._render("benefit_whatif", rows=rows) if rows else False

    # applications -------------------------------------------------------------------------

    def action_apply(self):
        """Prepare an application for the benefit in the context, or show the one that was prepared.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        code = self.env.context.get("sozial_benefit")
        benefit = self.env["sozial.benefit"].search([("code", "=", code)], limit=1)
        if not benefit:
            raise UserError(self.env._("Benefit: it is not set up. Ask whoever does the configuration."))
        application = self.application_ids.filtered(lambda one: one.benefit_id == benefit)[:1]
        if not application:
            application = self.env["sozial.benefit.application"].create(
                {"case_id": self.case_id.id, "benefit_id": benefit.id, "check_id": self.id}
            )
        return application.action_show()

    def action_show(self):
        """Show the whole pre-check."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_benefit_check")
        return {**action, "views": [(False, "form")], "path": False, "res_id": self.id, "context": {}}
