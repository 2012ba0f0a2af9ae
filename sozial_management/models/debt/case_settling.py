from odoo import fields, models

from ..money import exact


class SozialCase(models.Model):
    """How a case settles with its creditors: ways compared, plans that run."""

    _inherit = "sozial.case"

    settlement_ids = fields.One2many("sozial.settlement", "case_id", "Settlements")
    instalment_plan_ids = fields.One2many("sozial.instalment.plan", "case_id", "Instalment plans")
    arrears_cause = fields.Text(
        "How the arrears came about",
        anonymise="blank",
        copy=False,
        help="Goes into the application to take over the rent debt. In the client's words: illness, loss of work, separation.",
    )

    def write(self, vals):
        if "arrears_cause" in vals:
            self._require_not_ended()
        return super().write(vals)

    def action_settle(self):
        """Compare the ways to settle with what is free a month.

        :return: action that shows them
        """
        self.ensure_one()
        self.check_access("write")
        standing = self.settlement_ids.filtered(lambda one: not one.chosen)[:1]
        if standing:
            standing.action_compute()
        return (standing or self.env["sozial.settlement"].create({"case_id": self.id})).action_show()

    def action_instalments(self):
        """Begin an instalment plan: creditors and what each gets a month are entered in it.

        :return: action that shows the empty form
        """
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_instalment_plan")
        return {**action, "views": [(False, "form")], "path": False, "res_id": False, "context": {"default_case_id": self.id}}

    def _sender_lines(self):
        """Name and address of the client for letters: the own one, else that of the dwelling."""
        client, building = self.client_id, self.tenancy_id.building_id
        street = client.street or " ".join(filter(None, (building.street, building.house_number)))
        place = " ".join(filter(None, (client.zip, client.city) if client.city else (building.zip, building.city)))
        return [line for line in (client.name, street, place) if line]

    def _sender_city(self):
        """Where the client's letters are written."""
        return self.client_id.city or self.tenancy_id.building_id.city or ""

    def _own_rent_debt(self):
        """What is owed to the own company, and as of when."""
        own = self.claim_ids.filtered(lambda claim: claim.state == "open")._own_rent()
        return sum((exact(claim.remaining) for claim in own), exact(0)), max(own._known_on(), default=False)

    def _cure_day(self):
        """The last day of the cure period, if a suit was served: of several tenants, the last service counts."""
        rule = self.env.ref("sozial_management.deadline_rule_suit_cure", raise_if_not_found=False)
        cures = self.deadline_ids.filtered(lambda one: rule and one.rule_id == rule and one.state == "open")
        return max(cures.mapped("due"), default=False)
