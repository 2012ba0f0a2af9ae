from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PartnerCommon

ROLES = (
    "procurement", "reviewer", "frontdesk", "worker", "lead", "privacy", "report", "config", "system", "bidder", "public",
)  # fmt: skip
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
PUBLIC_PART = {"reviewer": "r", "lead": "r", "bidder": "r"}
MATRIX = {
    "sozial.call": {"procurement": "rwcd", **PUBLIC_PART},
    "sozial.call.lot": {"procurement": "rwcd", **PUBLIC_PART},
    "sozial.call.criterion": {"procurement": "rwcd", **PUBLIC_PART},
    "sozial.call.section": {"procurement": "rwcd", **PUBLIC_PART},
    "sozial.call.version": {"procurement": "r", **PUBLIC_PART},
    "sozial.call.question": {"procurement": "rw", **PUBLIC_PART},
    "sozial.call.subscription": {},
    "sozial.call.news": {},
    "sozial.call.figure": {"procurement": "r", "lead": "r"},
    "sozial.call.key": {"procurement": "rwcd"},
    "sozial.call.secret": {"procurement": "rwc"},
    "sozial.call.check": {"procurement": "rwc"},
    "sozial.call.change": {"procurement": "rwc"},
    "sozial.call.change.lot": {"procurement": "rwcd"},
    "sozial.call.change.criterion": {"procurement": "rwcd"},
    "sozial.call.change.section": {"procurement": "rwcd"},
    "sozial.call.record": {"procurement": "r", "lead": "r"},
    "sozial.call.record.waiting": {},
    "sozial.review.member": {"procurement": "rwcd", "reviewer": "r", "lead": "r"},
    "sozial.review.eligibility": {"procurement": "rw", "reviewer": "r"},
    "sozial.review": {"procurement": "r", "reviewer": "rw"},
    "sozial.review.score": {"procurement": "r", "reviewer": "rw"},
    "sozial.review.consensus": {"procurement": "r", "reviewer": "rc"},
    "sozial.award": {"procurement": "r", "reviewer": "r", "lead": "r"},
    "sozial.award.place": {"procurement": "r", "reviewer": "r", "lead": "r"},
    "sozial.award.letter": {"procurement": "rw", "lead": "r"},
    "sozial.call.step": {"procurement": "rwc", "reviewer": "rwc"},
    "sozial.submission": {"procurement": "r", "reviewer": "r", "bidder": "r"},
    "sozial.submission.content": {"procurement": "r", "reviewer": "r", "bidder": "r"},
    "sozial.submission.member": {"procurement": "r"},
    "sozial.submission.late": {"procurement": "r", "bidder": "r"},
    "sozial.submission.envelope": {"procurement": "rc"},
    "sozial.call.opening": {"procurement": "r"},
    "sozial.evidence.request": {"procurement": "rwcd"},
    "sozial.evidence.answer": {"procurement": "r", "bidder": "r"},
    "sozial.agreement": {"procurement": "rwcd", "worker": "r", "lead": "r", "bidder": "r"},
    "sozial.capacity": {"procurement": "rwcd", "worker": "r", "lead": "r", "bidder": "r"},
    "sozial.agreement.report": {"procurement": "rw", "lead": "r", "bidder": "r"},
    "sozial.agreement.proof": {"procurement": "rw", "lead": "r", "bidder": "r"},
    "sozial.agreement.proof.repayment": {"procurement": "rwc"},
    "sozial.agreement.proof.line": {"procurement": "r", "lead": "r", "bidder": "r"},
    "sozial.agreement.proof.receipt": {"procurement": "r", "lead": "r", "bidder": "r"},
    "sozial.agreement.duty.version": {"procurement": "r", "lead": "r"},
    "sozial.agreement.position": {"procurement": "rwcd", "worker": "r", "lead": "r"},
    "sozial.referral.fact": {},
    "sozial.referral": {"worker": "rwcd", "lead": "rwcd"},
    "sozial.referral.line": {"worker": "rwcd", "lead": "rwcd"},
    "sozial.referral.share": {"bidder": "r"},
    "sozial.referral.share.line": {"bidder": "r"},
    "sozial.referral.message": {"bidder": "r"},
    "sozial.agreement.service": {"procurement": "rwcd", "worker": "r", "lead": "r"},
    "sozial.evidence": {"procurement": "rwcd", "bidder": "r"},
}
# What the roles of this addon need of other models; other roles have theirs from elsewhere.
NEIGHBOURS = {
    "sozial.quarter": {"procurement": "r"},
    "sozial.topic": {"procurement": "r"},
    "sozial.language": {"procurement": "r"},
    "sozial.offer": {"procurement": "rwc"},
    "sozial.offer.hour": {"procurement": "rwcd"},
    "sozial.offer.category": {"procurement": "r"},
    "sozial.target.group": {"procurement": "r"},
    "res.partner": {"procurement": "rwc", "reviewer": "r"},
}


@tagged("post_install", "-at_install")
class TestPartnerRights(PartnerCommon):
    """Every model of this addon × role × operation; a model that is not listed fails the test."""

    def _own_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith("sozial.") and not model._abstract and model._original_module == "sozial_management_partner"
        }

    def _compare(self, matrix, roles):
        for model, cells in matrix.items():
            for role in roles:
                records = self.env[model].with_user(getattr(self, role))
                granted = "".join(letter for letter, operation in OPERATIONS.items() if records.has_access(operation))
                with self.subTest(model=model, role=role):
                    self.assertEqual(granted, cells.get(role, ""))

    def test_every_cell(self):
        self.assertEqual(self._own_models(), set(MATRIX))
        self._compare(MATRIX, ROLES)
        self._compare(NEIGHBOURS, ("procurement", "reviewer"))

    def test_every_model_with_a_company_is_bound_to_it(self):
        """Whatever is asked of rows of another company, the rules narrow it."""
        bound = [name for name in self._own_models() if "company_id" in self.env[name]._fields and not self.env[name]._transient]
        self.assertGreater(len(bound), 5)
        rules = self.env["ir.rule"].with_user(self.procurement).with_context(allowed_company_ids=self.company.ids)
        for name in bound:
            for operation in OPERATIONS.values():
                with self.subTest(model=name, operation=operation):
                    conditions = rules._compute_domain(name, operation).iter_conditions()
                    self.assertIn("company_id", " ".join(map(str, conditions)))

    def test_two_companies_see_nothing_of_each_other(self):
        call = self._published()
        self.assertTrue(call.current_version_id)
        for record in (call, call.lot_ids, call.criterion_ids, call.section_ids, call.version_ids):
            with self.subTest(model=record._name):
                self.assertTrue(self._as(record, self.procurement).search([("id", "in", record.ids)]), "the positive control")
                self.assertFalse(self._as(record, self.stranger).search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    self._as(record, self.stranger).read(["display_name"])

    def test_drafts_are_for_those_who_run_calls(self):
        draft, published = self._call(), self._published()
        for user in (self.reviewer, self.bidder):
            for name in ("lot_ids", "criterion_ids", "section_ids"):
                with self.subTest(user=user.login, part=name):
                    self.assertTrue(self._as(published[name], user).search([("id", "in", published[name].ids)]))
                    self.assertFalse(self._as(draft[name], user).search([("id", "in", draft[name].ids)]))
            self.assertEqual(self._as(draft, user).search([("id", "in", (draft | published).ids)]).id, published.id)

    def test_a_call_for_invited_is_read_by_the_invited(self):
        call = self._published(access="invited", invited_ids=self.caritas.ids)
        self.assertTrue(self._as(call, self.bidder).search([("id", "=", call.id)]))
        for name in ("lot_ids", "criterion_ids", "section_ids", "version_ids"):
            self.assertTrue(self._as(call[name], self.bidder).search([("id", "in", call[name].ids)]))
            self.assertFalse(self._as(call[name], self.other_bidder).search([("id", "in", call[name].ids)]))
        self.assertFalse(self._as(call, self.other_bidder).search([("id", "=", call.id)]))

    def test_organisations_read_listed_fields_only(self):
        call = self._published()
        call.note = "intern"
        self.assertEqual(self._as(call, self.bidder).read(["name"])[0]["name"], call.name)
        for name in ("note", "invited_ids", "checker_id", "user_id", "check_note"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._as(call, self.bidder).read([name])
