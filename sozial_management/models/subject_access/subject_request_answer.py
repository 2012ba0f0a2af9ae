from odoo import models
from odoo.tools.misc import format_date

MASTER_DATA = (
    "name", "birth_date", "tenant_number", "member_number", "street", "street2", "zip", "city", "country_id",
    "phone", "email", "lang", "language_ids", "interpreter_needed",
)  # fmt: skip


class SozialSubjectRequest(models.Model):
    """The letter of the company: the same for clients of the social department and for everybody else.

    It reads nothing but contact, tenancy and portal account. Data protection sees neither tenants'
    details nor tenancies elsewhere, so they are read as the system, after the request's own check.
    """

    _name = "sozial.subject.request"
    _inherit = ["sozial.subject.request", "sozial.subject.answer"]

    def _answer(self):
        """:raise AccessError: for others than data protection"""
        self.check_access("read")
        letter = self._in_letter_language()
        return letter._answer_tree(
            person=letter.name,
            title=letter._letter_title(),
            introduction=letter._introduction(),
            sections=letter._sections(),
            purposes=letter._purposes(),
            categories=letter._categories(),
            recipients=letter._recipients(),
            storage=letter._storage(),
            source=letter._source(),
        )

    def _letter_title(self):
        if self.state == "refused":
            return self.env._("Your request for your data")
        return self.env._("Your data with us")

    def _introduction(self):
        _ = self.env._
        day = format_date(self.env, self.received_on)
        if self.state == "refused":
            return [
                _("On %s you asked which data we hold about you. We cannot answer this request:", day),
                self.refusal_reason,
                _("You may complain to the data protection authority, and you may go to court."),
            ]
        lines = [_("On %s you asked which data we hold about you. Here is our answer by Art. 15 GDPR.", day)]
        if not self._holds_something():
            lines.append(_("Outside the social department we hold no data about you, apart from this request itself."))
        if self.erasure_wanted:
            lines.append(
                _(
                    "You also asked us to erase your data (Art. 17 GDPR). We erase what neither a law nor a running contract makes us "
                    "keep, and tell you when that is done. The social department decides for itself and answers you directly, as below."
                )
            )
        return lines

    def _holds_something(self):
        return bool(self.partner_id or self._other_entries())

    def _other_entries(self):
        lines = [line.strip() for line in (self.other_data or "").splitlines() if line.strip()]
        return [self._entry("", paragraphs=[{"redacted": False, "text": line} for line in lines])] if lines else []

    def _sections(self):
        if self.state == "refused":
            return []
        partner = self.sudo().partner_id
        return [
            self._section("master_data", self.env._("Master data"), self._rows(partner, *MASTER_DATA) if partner else []),
            self._section("tenancies", self.env._("Tenancies"), entries=self._tenancy_entries(partner)),
            self._section("accounts", self.env._("Access to our portal"), entries=self._account_entries(partner)),
            self._section("other_data", self.env._("From other systems"), entries=self._other_entries()),
            self._section("social_department", self.env._("Social department"), note=self._department_sentence()),
        ]

    def _department_sentence(self):
        """In every letter, whoever asks. It holds for clients, for others, and where a secret forbids an answer."""
        return self.env._(
            "Our social workers are bound to secrecy, also towards us (§ 203 of the Criminal Code). We do not know whom "
            "they advise, and we were not told for this letter either. We have passed your request on. If there is something to "
            "answer, your social worker gives it to you in person or in a sealed letter by %(day)s. If you receive nothing "
            "by then, there is nothing about which you could be informed.",
            day=format_date(self.env, self.due_on),
        )

    def _tenancy_entries(self, partner):
        entries = []
        for occupant in partner.occupancy_ids.sorted(lambda one: (one.date_start or one.create_date.date(), one.id)):
            tenancy = occupant.tenancy_id
            names = ["external_ref", "dwelling_id", "building_id", "date_start", "date_end"]
            if occupant.role == "tenant":  # rent and arrears are the contract partner's, not the household's
                names += ["rent_net", "rent_utilities", "rent_heating", "arrears", "arrears_date"]
            rows = self._rows(occupant, "role", "date_start", "date_end") if occupant.role != "tenant" else self._rows(occupant, "role")
            entries.append(self._entry(tenancy.external_ref, [*rows, *self._rows(tenancy, *names)]))
        return entries

    def _account_entries(self, partner):
        users = partner.with_context(active_test=False).user_ids
        return [self._entry(user.login, self._rows(user, "login", "active", "login_date")) for user in users]

    def _purposes(self):
        _ = self.env._
        return [
            _("To conclude, carry out and settle tenancies, and to maintain dwellings (Art. 6(1)(b) GDPR)."),
            _("To keep books and to meet other legal duties (Art. 6(1)(c) GDPR)."),
            _("To enforce claims and to offer help in the house and the quarter (Art. 6(1)(f) GDPR)."),
        ]

    def _categories(self):
        _ = self.env._
        return [_("Master data, ways to reach you, languages, tenancies with rent and arrears, access to the portal.")]

    def _recipients(self):
        _ = self.env._
        return [
            _("Colleagues who look after tenants, and those who run our computers."),
            _("Others only as far as the law or the contract demands it, for example suppliers, authorities and courts."),
        ]

    def _storage(self):
        return [self.env._("As long as the tenancy runs, and afterwards as long as commercial and tax law demand.")]

    def _source(self):
        return [self.env._("From you, from your contract, and from the people of your household.")]
