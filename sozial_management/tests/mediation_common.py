from odoo import fields

from .common import SozialCommon


class MediationCommon(SozialCommon):
    """A conflict between two tenants, with a mediation that the worker began."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.neighbour = cls.env["res.partner"].create(
            {"name": "Bernd Nachbar", "company_id": cls.company.id, "street": "Stolberger Straße 12", "zip": "99734", "city": "Nordhausen"}
        )
        cls.worker.phone = "03631 55500"
        cls.tenant.write({"street": "Stolberger Straße 12", "zip": "99734", "city": "Nordhausen"})
        cls.conflict = cls.env.ref("sozial_management.case_type_conflict")
        cls.case = cls._open_case(type_id=cls.conflict.id)
        cls.case.participant_ids.create({"case_id": cls.case.id, "partner_id": cls.neighbour.id, "role": "conflict_party"})
        cls.mediation = cls._begin(cls.case)
        cls.one, cls.two = cls.mediation.party_ids

    @classmethod
    def _begin(cls, case, **values):
        """A mediation with the parties that the case proposes."""
        mediations = case.env["sozial.mediation"].with_context(default_case_id=case.id)
        proposed = mediations.default_get(["case_id", "party_ids"])
        return mediations.create({**proposed, "subject": "Ruhe am Abend", "declared": True, **values})

    def _says(self, party, willingness, **values):
        return party.answer_ids.create({"party_id": party.id, "willingness": willingness, "channel": "phone", **values})

    def _all_willing(self):
        for party in (self.one, self.two):
            self._says(party, "willing")

    def _plan(self, start_at=None):
        start_at = start_at or fields.Datetime.add(fields.Datetime.now(), days=3)
        return self.mediation.session_ids.create({"mediation_id": self.mediation.id, "start_at": start_at, "place": "Nachbarschaftstreff"})

    def _agree(self):
        return self.mediation.agreement_ids.create(
            {"mediation_id": self.mediation.id, "text": "- Ab 22 Uhr ist der Fernseher leise.\n\n- Vor einem Fest sagen wir Bescheid."}
        )

    def _sign(self, agreement, party):
        return agreement.signature_ids.create({"agreement_id": agreement.id, "party_id": party.id})
