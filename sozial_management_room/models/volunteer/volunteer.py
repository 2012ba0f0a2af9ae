from odoo import api, fields, models
from odoo.exceptions import ValidationError

MANAGERS = "sozial_management_room.group_sozial_room_manager"


class SozialVolunteer(models.Model):
    """Somebody who helps without pay (Ehrenamtliche): who, where, what with, since when.

    Of papers it holds only that they were seen and until when they are good. Whoever plans reads
    whether somebody is insured; the Führungszeugnis and allowances are read by the centre management
    alone. It has nothing to do with cases.
    """

    _name = "sozial.volunteer"
    _description = "Volunteer"
    _inherit = ["mail.thread", "mail.activity.mixin"]  # tasks need the thread; no field is tracked
    _order = "partner_id, id"
    _rec_names_search = ["partner_id.name"]
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('is_company', '=', False)]", help="Contact of the volunteer. Address and telephone stand there, and only there.",
    )  # fmt: skip
    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, default=lambda self: self.env.company
    )
    centre_ids = fields.Many2many(
        "sozial.centre", string="Centres", check_company=True, help="Where the volunteer helps. Empty: everywhere.",
    )  # fmt: skip
    manager_id = fields.Many2one(
        "res.users", "Looked after by", check_company=True, index="btree_not_null", domain="[('share', '=', False)]",
        help="Is reminded before insurance or Führungszeugnis expire. Empty: whoever runs the first centre.",
    )  # fmt: skip
    active = fields.Boolean(default=True)
    active_from = fields.Date("Helps since", required=True, default=fields.Date.context_today)
    active_until = fields.Date("Helped until", index="btree_not_null", help="Last day; from then on the period of retention counts.")
    # read with the rights of the user: an unsaved form may name the contact of another company
    phone = fields.Char(related="partner_id.phone", string="Telephone", related_sudo=False)
    email = fields.Char(related="partner_id.email", string="E-mail", related_sudo=False)
    skill_ids = fields.Many2many("sozial.volunteer.skill", string="Skills")
    language_ids = fields.Many2many("sozial.language", string="Languages", help="Spoken besides German.")
    availability = fields.Char("Has time", help="For example: Tuesdays in the afternoon.")
    hour_ids = fields.One2many("sozial.volunteer.hour", "volunteer_id", "Hours")
    hours_total = fields.Float("Hours in all", compute="_compute_hours", digits=(9, 1))
    hours_year = fields.Float("Hours this year", compute="_compute_hours", digits=(9, 1))

    _one_a_person = models.Constraint("UNIQUE (company_id, partner_id)", "Person: stands in the register already. Open that entry.")
    _in_order = models.Constraint(
        "CHECK (active_until IS NULL OR active_until >= active_from)", "Helped until: this is before the first day."
    )

    @api.depends("partner_id.name")
    def _compute_display_name(self):
        for volunteer in self:
            volunteer.display_name = volunteer.partner_id.name or self.env._("New volunteer")

    @api.depends("hour_ids.minutes", "hour_ids.day")
    def _compute_hours(self):
        first = fields.Date.context_today(self).replace(month=1, day=1)
        hours = self.env["sozial.volunteer.hour"]
        own = [("volunteer_id", "in", self.ids)]
        total = dict(hours._read_group(own, ["volunteer_id"], ["minutes:sum"]))
        year = dict(hours._read_group([*own, ("day", ">=", first)], ["volunteer_id"], ["minutes:sum"]))
        for volunteer in self:
            volunteer.hours_total = total.get(volunteer._origin, 0) / 60
            volunteer.hours_year = year.get(volunteer._origin, 0) / 60

    @api.constrains("partner_id")
    def _check_partner_id(self):
        for volunteer in self:
            if volunteer.partner_id.is_company:
                raise ValidationError(self.env._("Person: %s is an organisation. Choose a person.", volunteer.partner_id.name))

    @api.constrains("company_id")
    def _check_company_id(self):
        for volunteer in self:
            if volunteer.hour_ids.filtered(lambda row, company=volunteer.company_id: row.company_id != company):
                raise ValidationError(self.env._("Company: a volunteer with hours stays with the company."))

    def unlink(self):
        """The time stays for the figures; what was written beside it may name the person, and goes."""
        self.check_access("unlink")
        self.sudo().hour_ids.task = False
        return super().unlink()

    def _thanks(self):
        """What the letter of thanks says: about this year from November on, else about the last one.

        :return: dict ``year``, ``hours`` and ``since``
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        year = today.year if today.month >= 11 else today.year - 1
        rows = self.hour_ids.filtered(lambda row: row.day.year == year)
        return {"year": year, "hours": sum(rows.mapped("minutes")) / 60, "since": self.active_from}

    def action_view_hours(self):
        """Open the hours of the volunteer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_volunteer_hour")
        action["domain"] = [("volunteer_id", "=", self.id)]
        action["context"] = {"default_volunteer_id": self.id}
        return action
