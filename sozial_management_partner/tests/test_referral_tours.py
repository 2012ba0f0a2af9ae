"""A referral in two browsers' sessions: the social worker at a desk, the partner on a phone."""

from odoo.tests import HttpCase, tagged

from .referral_common import ReferralCommon


@tagged("post_install", "-at_install")
class TestReferralTours(ReferralCommon, HttpCase):
    def _tour(self, name, user, path, phone=False):
        self.env.flush_all()
        self.browser_size, self.touch_enabled = ("390x844", True) if phone else ("1366x900", False)
        self.start_tour(path, f"sozial_referral_{name}_tour", login=user.login, timeout=180)
        self.env.invalidate_all()

    def test_from_sending_to_revocation(self):
        self.caritas.work_quarter_ids = self.quarter
        self._tour("send", self.worker, f"/odoo/sozial.case/{self.case.id}")
        referral = self.env["sozial.referral"].search([("case_id", "=", self.case.id)])
        self.assertEqual((referral.state, referral.partner_id), ("sent", self.caritas))
        self._tour("accept", self.bidder, "/my/referrals", phone=True)
        self.assertEqual(referral.state, "contact")
        self._tour("reply", self.worker, f"/odoo/sozial.referral/{referral.id}")
        self._tour("help", self.bidder, "/my/referrals", phone=True)
        self.assertEqual(referral.state, "help")
        self._tour("revoke", self.worker, f"/odoo/sozial.consent/{self.consent.id}")
        share = referral.sudo().share_id
        self.assertEqual((referral.state, share.line_ids.ids, share.message_ids.ids), ("revoked", [], []))
        self._tour("deleted", self.bidder, "/my/referrals?filterby=over", phone=True)
        self.assertTrue(share.deleted_at)

    def test_completed(self):
        referral = self._sent()
        self._tour("complete", self.bidder, "/my/referrals", phone=True)
        self.assertEqual(referral.state, "completed")
