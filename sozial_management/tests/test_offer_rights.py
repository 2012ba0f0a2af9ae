from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from .offer_common import ROLES, OfferFixtures

CATALOGUE = ("sozial.topic", "sozial.target.group", "sozial.offer.category", "sozial.offer", "sozial.offer.hour")
# model: role: what it may do (read, write, create, unlink)
ALLOWED = {
    "sozial.topic": {"frontdesk": "r", "worker": "r", "lead": "r", "report": "r", "config": "rwcu"},
    "sozial.target.group": {"frontdesk": "r", "worker": "r", "lead": "r", "report": "r", "config": "rwcu"},
    "sozial.offer.category": {"frontdesk": "r", "worker": "r", "lead": "r", "config": "rwcu"},
    "sozial.offer": {"frontdesk": "r", "worker": "rwc", "lead": "rwcu", "config": "rwcu"},
    "sozial.offer.hour": {"frontdesk": "r", "worker": "rwcu", "lead": "rwcu", "config": "rwcu"},
    "sozial.callback.attempt": {},
}


@tagged("post_install", "-at_install")
class TestOfferRights(OfferFixtures, TransactionCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {role: cls.make_user(role) for role in ROLES}
        company = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.users["employee"] = new_test_user(cls.env, "offer_employee", groups="base.group_user", **company)
        cls.users["admin"] = new_test_user(cls.env, "offer_admin", groups="base.group_system", **company)
        cls.users["portal"] = new_test_user(cls.env, "offer_portal", groups="base.group_portal", **company)
        cls.users["public"] = cls.env.ref("base.public_user")

    def test_the_matrix(self):
        operations = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
        for model, roles in ALLOWED.items():
            for role, user in self.users.items():
                for letter, operation in operations.items():
                    with self.subTest(model=model, role=role, operation=operation):
                        self.assertEqual(
                            self.env[model].with_user(user).has_access(operation), letter in roles.get(role, ""))

    def test_readers_find_offers_and_others_are_refused(self):
        for role, user in self.users.items():
            with self.subTest(role):
                offers = self.env["sozial.offer"].with_user(user)
                if "r" in ALLOWED["sozial.offer"].get(role, ""):
                    self.assertIn(self.offer_debt, offers.search([], limit=1000), "positive control")
                    self.assertEqual(offers.browse(self.offer_debt.id).contact_phone, "0531 0000-1")
                else:
                    with self.assertRaises(AccessError):
                        offers.search([], limit=1000)
                    with self.assertRaises(AccessError):
                        offers.browse(self.offer_debt.id).read(["name"])

    def test_nobody_sees_another_companys_offers(self):
        for role in ("frontdesk", "worker", "lead", "config"):
            with self.subTest(role):
                user = self.users[role]
                self.assertNotIn(self.offer_foreign, self.env["sozial.offer"].with_user(user).search([], limit=1000))
                with self.assertRaises(AccessError):
                    self.offer_foreign.with_user(user).read(["name"])
        self.offer_foreign.hour_ids = [(0, 0, {"weekday": "0", "hour_from": 1, "hour_to": 2})]
        with self.assertRaises(AccessError):
            self.offer_foreign.hour_ids.with_user(self.users["worker"]).read(["note"])

    def test_workers_write_but_do_not_publish(self):
        worker = self.users["worker"]
        draft = self.offer_draft.with_user(worker)
        draft.summary = "A better text."
        with self.assertRaisesRegex(AccessError, "head of social management"):
            draft.action_publish()
        with self.assertRaises(AccessError):
            self.offer_debt.with_user(worker).action_withdraw()
        values = {"name": "New", "category_id": self.category_home.id, "summary": "x", "topic_ids": self.debt.ids}
        self.env["sozial.offer"].with_user(worker).create(values)
        with self.assertRaises(AccessError):
            self.env["sozial.offer"].with_user(worker).create({**values, "is_published": True})

    def test_a_worker_corrects_a_published_offer(self):
        offer = self.offer_debt.with_user(self.users["worker"])
        offer.write({"summary": "Corrected.", "is_published": True})
        self.assertEqual(self.offer_debt.summary, "Corrected.")

    def test_head_and_configuration_publish(self):
        for role in ("lead", "config"):
            with self.subTest(role):
                offer = self.offer_draft.with_user(self.users[role])
                offer.action_publish()
                self.assertTrue(offer.is_published)
                offer.action_withdraw()
                self.assertFalse(offer.is_published)

    def test_the_front_desk_changes_nothing(self):
        with self.assertRaises(AccessError):
            self.offer_debt.with_user(self.users["frontdesk"]).summary = "x"

    def test_a_saved_dialog_is_read_by_its_author_only(self):
        finder = self.env["sozial.offer.finder"].with_user(self.users["worker"]).create({"topic_ids": self.debt.ids})
        self.assertEqual(finder.topic_ids, self.debt, "positive control")
        for role in ("frontdesk", "lead", "config"):
            with self.subTest(role), self.assertRaises(AccessError):
                finder.with_user(self.users[role]).read(["topic_ids"])
