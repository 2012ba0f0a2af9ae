from odoo.tests import tagged

from .common import SozialCommon

ROLES = ("frontdesk", "worker", "lead", "privacy", "report", "config", "system", "portal", "public")
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}

# What each role may do with a model at all (r read, w write, c create, d delete); the rows it
# gets are narrowed by the record rules. Roles that are not named may do nothing.
STOCK = {"frontdesk": "rwc", "worker": "r", "lead": "r", "config": "rwcd"}
LOOKED_UP = {"frontdesk": "r", "worker": "r", "lead": "r", "report": "r", "config": "rwcd"}
FINDER = dict.fromkeys(("frontdesk", "worker", "lead", "config"), "rwcd")
WORKERS = {"worker": "rwcd", "lead": "rwcd"}
MATRIX = {
    "sozial.quarter": STOCK,
    "sozial.building": STOCK,
    "sozial.dwelling": STOCK,
    # deleting one would silently empty it on cases; a tenancy ends, it is not deleted
    "sozial.tenancy": {**STOCK, "config": "rwc"},
    "sozial.tenancy.occupant": {**STOCK, "frontdesk": "rwcd"},
    "sozial.language": {"frontdesk": "r", "worker": "r", "lead": "r", "privacy": "r", "config": "rwcd"},
    "sozial.topic": LOOKED_UP,
    "sozial.target.group": LOOKED_UP,
    "sozial.case.type": LOOKED_UP,
    "sozial.offer.category": {"frontdesk": "r", "worker": "r", "lead": "r", "config": "rwcd"},
    "sozial.offer": {"frontdesk": "r", "worker": "rwc", "lead": "rwcd", "config": "rwcd"},
    "sozial.offer.hour": {"frontdesk": "r", "worker": "rwcd", "lead": "rwcd", "config": "rwcd"},
    "sozial.offer.finder": FINDER,
    "sozial.offer.finder.line": FINDER,
    "sozial.callback.attempt": {},
    "sozial.import.profile": {"config": "rwcd"},
    "sozial.import.run": {"config": "rwcd"},
    "sozial.import.column": {"config": "rwcd"},
    "sozial.import.row": {"config": "r"},
    "sozial.import.proposal": {"config": "rw"},
    "sozial.case": {"worker": "rwc", "lead": "rwc"},
    "sozial.case.access": {"worker": "r", "lead": "r"},
    "sozial.case.lockout": {"worker": "r", "lead": "r"},
    "sozial.case.lockout.set": WORKERS,
    "sozial.emergency": {"privacy": "r"},
    "sozial.emergency.open": WORKERS,
    "sozial.case.participant": WORKERS,
    "sozial.contact": WORKERS,
    "sozial.handover": {"frontdesk": "rwc", "worker": "rwc", "lead": "rwc"},
    "sozial.case.close": WORKERS,
    "sozial.case.grant": WORKERS,
    "sozial.contact.addendum": WORKERS,
    "sozial.handover.decline": WORKERS,
    "sozial.consent.text": {"worker": "r", "lead": "r", "privacy": "rw", "config": "rwcd"},
    "sozial.consent.purpose": {"worker": "r", "lead": "r", "config": "rwcd"},
    "sozial.consent.category": {"worker": "r", "lead": "r", "config": "rwcd"},
    "sozial.consent": WORKERS,
    "sozial.case.signal": {"worker": "r", "lead": "r"},
    "sozial.signal.set": WORKERS,
    "sozial.tenancy.signal": {"frontdesk": "r"},
}


@tagged("post_install", "-at_install")
class TestRightsMatrix(SozialCommon):
    """Every model × role × operation. A model that is not listed here fails the test."""

    def _own_models(self):
        """Models of this addon that have a table."""
        return {
            name
            for name, model in self.env.registry.items()
            if name.startswith("sozial.") and not model._abstract and model._original_module == "sozial_management"
        }

    def test_every_model_is_listed(self):
        self.assertEqual(self._own_models(), set(MATRIX))

    def test_every_cell(self):
        for model, cells in MATRIX.items():
            for role in ROLES:
                wanted = cells.get(role, "")
                user = getattr(self, role)
                granted = "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if self.env[model].with_user(user).has_access(operation)
                )
                with self.subTest(model=model, role=role):
                    self.assertEqual(granted, wanted)

    def test_every_model_with_a_company_is_bound_to_it(self):
        bound = 0
        for model in sorted(self._own_models()):
            if "company_id" not in self.env[model]._fields or self.env[model]._transient:
                continue
            bound += 1
            rules = self.env["ir.rule"].search([("model_id.model", "=", model), ("groups", "=", False)])
            with self.subTest(model=model):
                self.assertTrue(
                    any("company_id" in rule.domain_force and rule.perm_create and rule.perm_read for rule in rules)
                )
        self.assertGreaterEqual(bound, 8)

    def test_nothing_is_for_everybody(self):
        """No access line without a group: portal and public would get it too."""
        lines = self.env["ir.model.access"].search([("model_id.model", "=like", "sozial.%")])
        self.assertGreater(len(lines), 40)
        self.assertFalse(lines.filtered(lambda line: not line.group_id))

    def test_no_role_implies_another_by_accident(self):
        ours = self.env.ref("sozial_management.privilege_sozial").group_ids.filtered(
            lambda group: group.get_external_id()[group.id].startswith("sozial_management.")
        )
        implied = {
            (group.get_external_id()[group.id], other.get_external_id()[other.id])
            for group in ours
            for other in (group.all_implied_ids - group) & ours
        }
        self.assertEqual(
            implied, {("sozial_management.group_sozial_lead", "sozial_management.group_sozial_worker")}
        )
        for group in (self.env.ref("base.group_system"), self.env.ref("base.group_user")):
            self.assertFalse(group.all_implied_ids & ours)
