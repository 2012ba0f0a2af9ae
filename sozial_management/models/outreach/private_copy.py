from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ..subject_access.subject_part import REMIND_DAYS

OPEN = ("in_review", "ready")


class SozialOutreachPrivate(models.AbstractModel):
    """The copy of what was noted at a dwelling, for the person (Art. 15 GDPR).

    Data protection handles the request and does not learn whether anything was noted. Those who work on the outreach read who asked,
    decide what concerns others of the household, and hand the paper over themselves.
    """

    _inherit = "sozial.outreach.private"

    copy_asked = fields.Boolean(
        "Copy asked for", compute="_compute_copy_asked", search="_search_copy_asked",
        help="Somebody of the household asked which data we hold about them, and the request is open.",
    )  # fmt: skip
    copy_due_on = fields.Date("Copy due on", compute="_compute_copy_asked")

    @api.depends("tenancy_id")
    def _compute_copy_asked(self):
        due = self._due_of_tenancies([("tenancy_id", "in", self.tenancy_id.ids)])
        for row in self:
            row.copy_due_on = due.get(row.tenancy_id.id, False)
            row.copy_asked = bool(row.copy_due_on)

    def _search_copy_asked(self, operator, value):
        if operator != "in":
            return NotImplemented
        if len(value) > 1:
            return Domain.TRUE
        asked = Domain("tenancy_id", "in", list(self._due_of_tenancies([])))
        return asked if True in value else ~asked

    @api.model
    def _due_of_tenancies(self, domain):
        """Until when somebody of a household is to be answered, by id of the tenancy. Requests are data protection's: no more is told.

        :param domain: of rows of households
        """
        requests = self.env["sozial.subject.request"].sudo().search(
            [("state", "in", OPEN), ("company_id", "in", self.env.companies.ids), ("partner_id", "!=", False)], limit=None
        )
        if not requests:
            return {}
        due = {request.partner_id.id: request.due_on for request in requests.sorted("due_on", reverse=True)}
        households = self.env["sozial.tenancy.occupant"].sudo().search_fetch(
            [("partner_id", "in", list(due)), *domain], ["tenancy_id", "partner_id"], limit=None
        )
        found = {}
        for one in households:
            day = due[one.partner_id.id]
            found[one.tenancy_id.id] = min(day, found.get(one.tenancy_id.id, day))
        return found

    @api.model
    def _request_names(self):
        return ()

    def _answer(self):
        """The letter, with the rights of whoever prints it.

        :raise AccessError: for whoever does not work on the outreach
        """
        self.check_access("read")
        letter = self._in_letter_language()
        months = self.company_id.sudo().sozial_needs_months
        _ = letter.env._
        return letter._answer_tree(
            person=letter.tenant_id.name,
            title=_("What we noted at your dwelling"),
            introduction=[
                _("You asked which data we hold about you. Here is what those noted who accompany %s (Art. 15 GDPR).",
                  letter.outreach_id.name),
                _("It comes directly from them. The company does not read along."),
            ],
            sections=letter._copy_sections(),
            purposes=[_("To accompany you while works last or so that you can go on living at home, at your wish.")],
            categories=[_("What you told us at your dwelling. Data on health with your consent only (Art. 9(2)(a) GDPR).")],
            recipients=[_("In our house only those who work on it. Rent collection and the heads of the company do not read it.")],
            storage=[
                _("Until %s months after it ends or you move out. That there was an objection is kept until no claim can follow.", months)
            ],
            source=[_("From you.")],
        )  # fmt: skip

    def _copy_sections(self):
        """What the letter says. Each kind of row has its own."""
        raise NotImplementedError


class SozialSubjectRequest(models.Model):
    """A request reaches those who work on outreaches in which the person lives, whether or not anything was noted."""

    _inherit = "sozial.subject.request"

    def _ask_department(self):
        super()._ask_department()
        if self.partner_id:
            system = self.with_user(SUPERUSER_ID)
            system.env["sozial.outreach"]._ask_for_copies(system)


class SozialOutreach(models.Model):
    """Those who answer for an outreach are asked for copies. Their task names nobody: others see it."""

    _inherit = "sozial.outreach"

    def _ask_for_copies(self, request):
        """A task for each outreach that has a dwelling of the person. Called as the system itself."""
        dwellings = request.partner_id.occupancy_ids.tenancy_id.dwelling_id
        concerned = self.search(
            [
                ("company_id", "=", request.company_id.id), ("kind", "in", list(self._accompanied_kinds())), ("state", "!=", "draft"),
                ("visit_ids.dwelling_id", "in", dwellings.ids),
            ], limit=None,
        )  # fmt: skip
        kind = self.env.ref("sozial_management.activity_type_outreach_copy")
        day = fields.Date.subtract(request.due_on, days=REMIND_DAYS)
        for outreach in concerned:
            user = outreach.user_id or outreach.team_ids[:1]
            asked = outreach.activity_ids.filtered(lambda one: one.activity_type_id == kind and one.date_deadline == day)  # noqa: B023
            if user and not asked:
                # without a mail: its moment would tell who asked
                outreach.with_context(mail_activity_quick_update=True).activity_schedule(
                    activity_type_id=kind.id, date_deadline=day, user_id=user.id, summary=kind.with_context(lang=user.lang).name
                )  # fmt: skip
