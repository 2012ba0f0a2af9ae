from datetime import datetime, timedelta, timezone

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.sozial_management.tests.common import SozialCommon

PROCUREMENT = "sozial_management_partner.group_sozial_procurement"
REVIEWER = "sozial_management_partner.group_sozial_reviewer"


class PartnerCommon(SozialCommon):
    """A call with two lots; who runs it, who scores it, two organisations that answer it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procurement = cls._user("t_procurement", groups=PROCUREMENT)
        cls.second_procurement = cls._user("t_procurement_2", groups=PROCUREMENT)
        cls.approver = cls._user("t_approver", groups=PROCUREMENT)
        cls.reviewer, cls.reviewer_two, cls.reviewer_three = (
            cls._user(f"t_reviewer_{number}", groups=REVIEWER) for number in (1, 2, 3)
        )
        cls.stranger = cls._user("t_procurement_away", groups=PROCUREMENT, company=cls.other_company)
        cls.caritas = cls._organisation("Caritasverband Nordharz e. V.")
        cls.verein = cls._organisation("Nachbarn helfen e. V.")
        cls.bidder = cls._bidder(cls.caritas, "t_caritas")
        cls.other_bidder = cls._bidder(cls.verein, "t_verein")

    @classmethod
    def _organisation(cls, name, company=None, **values):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "is_organisation": True, "legal_form": "ev", "email": f"post@{len(name)}.example.com",
             "company_id": (company or cls.company).id, **values}
        )  # fmt: skip

    @classmethod
    def _bidder(cls, organisation, login, company=None):
        """A portal user who acts for the organisation."""
        company = company or organisation.company_id or cls.company
        user = new_test_user(
            cls.env, login, "base.group_portal", name=f"{login} person", email=f"{login}@example.com",
            company_id=company.id, company_ids=[Command.set(company.ids)], tz="Europe/Berlin",
        )  # fmt: skip
        user.partner_id.write({"parent_id": organisation.id, "company_id": company.id})
        cls._logged_in(user)
        return user

    @classmethod
    def _logged_in(cls, user):
        """As whoever has followed the link of the mail."""
        cls.env["res.users.log"].with_user(user).sudo().create({})
        user.invalidate_recordset(["log_ids", "login_date"])

    @classmethod
    def _call(cls, user=None, **values):
        """A draft, complete for publication: two lots, one criterion of eligibility, two of award."""
        user = user or cls.procurement
        now = fields.Datetime.now()
        values = {
            "name": "Mieterberatung Nord",
            "summary": "Wir suchen einen Partner, der Mieterinnen und Mieter berät.",
            "occasion": "Im Quartier Nord leben viele ältere Menschen allein.",
            "goals": "Ältere Menschen kennen sich und finden Hilfe.",
            "target": "Mieterinnen und Mieter ab 65 Jahren.",
            "date_from": now.date() + timedelta(days=90),
            "date_until": now.date() + timedelta(days=820),
            "remuneration": "Ein Zuschuss von 20.000 € im Jahr.",
            "contact_name": "Petra Ausschreiber",
            "contact_email": "aufruf@example.com",
            "questions_until": now + timedelta(days=10),
            "deadline": now + timedelta(days=20),
            "lot_ids": [
                Command.create({"name": "Los 1: Beratung", "quarter_id": cls.quarter.id, "description": "Sprechstunden"}),
                Command.create({"name": "Los 2: Gruppen", "description": "Zwei Gruppen in der Woche"}),
            ],
            "criterion_ids": [
                Command.create({"name": "Satzungszweck passt", "kind": "eligibility", "sequence": 1}),
                Command.create({"name": "Konzept", "weight": 60, "minimum": 2, "sequence": 2}),
                Command.create({"name": "Erfahrung", "weight": 40, "sequence": 3}),
            ],
            **values,
        }
        calls = cls.env["sozial.call"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return calls.create(values)

    @classmethod
    def _check(cls, call, user=None):
        """The recorded legal check by a second person."""
        call.with_user(user or cls.second_procurement).action_check("Verfahrensart und Texte geprüft, keine Einwände.")

    @classmethod
    def _published(cls, user=None, **values):
        """A published call, its deadline in 20 days, questions until in 10 days."""
        call = cls._call(user, **values)
        cls._check(call)
        call.action_publish()
        return call

    @classmethod
    def _pass_deadline(cls, call, seconds=1):
        """Let the deadline have passed `seconds` ago, past every guard: published a month before."""
        deadline = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0) - timedelta(seconds=seconds)
        call.flush_recordset()
        cls.env.cr.execute(
            "UPDATE sozial_call SET published_at = %s, questions_until = %s, deadline = %s WHERE id = %s",
            [deadline - timedelta(days=30), deadline - timedelta(days=10), deadline, call.id],
        )
        call.invalidate_recordset()
