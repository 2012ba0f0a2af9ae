from collections import Counter
from contextlib import ExitStack

from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

ENDED = ("closed", "declined")


class SozialCase(models.Model):
    """Anonymising and deleting a case. Private: the only ways here are approved proposals."""

    _inherit = "sozial.case"

    def _erase(self, action):
        """Anonymise or delete one ended case.

        Keeps the case row with kind, dates, quarter, topics, outcome, and the minutes of its
        contacts; the person goes: participants, links, texts, files, messages, appointments.

        :param str action: `anonymise` or `delete`
        :return: what went, as numbers by model name, for the protocol
        :raise UserError: under legal hold, while it is active, or while somebody works on it
        """
        self.ensure_one()
        case = self.sudo()
        case._lock_for_erasure()
        case._refuse_under_hold()
        if case.state not in ENDED:
            raise UserError(self.env._("%s: only a closed or declined case is erased.", case.name))
        gone = Counter()
        case._erase_around(action, gone)
        case._erase_children(action, gone)
        case._detach_incoming()
        erasure = self.env["sozial.erasure"]
        if action == "delete":
            gone.update(erasure._delete_rows(case))
            gone["sozial.case"] += 1
        else:
            gone.update(erasure._anonymise_rows(case, state="anonymised"))
        self.env.flush_all()
        return {name: number for name, number in gone.items() if number}

    def _lock_for_erasure(self):
        """Nobody writes into the case from here on; whoever is about to waits or starts again.

        :raise UserError: if somebody is at it right now
        """
        self.env.flush_all()
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(
                self.env._("%s: a colleague is working on this case right now. Try again later.", self.name)
            ) from None
        self.env.invalidate_all()

    def _erase_around(self, action, gone):
        """What stands outside the case and tells of it: the hand-over, emergency requests, signals."""
        self.access_ids.filtered(lambda grant: not grant.revoked_at and grant.kind != "head")._set_revoked()
        erasure = self.env["sozial.erasure"]
        signals = self.signal_ids.signal_id
        gone["sozial.tenancy.signal"] += len(signals)
        handover = self.handover_id | self.joined_handover_ids
        gone["sozial.handover"] += len(handover)
        emergencies = self.env["sozial.emergency"].sudo().search(
            [("case_number", "=", self.name), ("company_id", "=", self.company_id.id)], limit=None
        )
        gone.update(erasure._delete_rows(self.signal_ids))
        gone.update(erasure._delete_rows(signals))
        gone.update(emergencies._take_person_out())
        if action == "delete":
            self._write_guarded({"handover_id": False, "joined_handover_ids": [Command.clear()]})
            gone.update(erasure._delete_rows(handover))
        else:
            gone.update(handover._take_person_out())

    def _erase_children(self, action, gone):
        """Everything below the case, by what each model declares."""
        erasure = self.env["sozial.erasure"]
        going, staying = [], []
        for name in erasure._below_case():
            rows = self.env[name].sudo().with_context(active_test=False).search([("case_id", "=", self.id)], limit=None)
            if not rows._transient:
                gone[name] += len(rows)
            for typed in erasure._transients_about(rows):
                erasure._delete_rows(typed)
            stays = action != "delete" and erasure._row_fate(rows) == "keep"
            (staying if stays else going).append(rows)
        with ExitStack() as stack:
            for rows in going:
                # what goes is not computed anew from what went before it
                stack.enter_context(self.env.protecting(rows._fields.values(), rows))
            for rows in going:
                gone.update(erasure._delete_rows(rows))
        for rows in staying:
            gone.update(erasure._anonymise_rows(rows))

    def _detach_incoming(self):
        """No other record points at the case any more: a running case would lead to the old one's person."""
        for model in self.env.registry.values():
            if not self.env["sozial.erasure"]._has_table(model):
                continue
            for field in model._fields.values():
                if field.store and field.comodel_name == self._name and field.name != "case_id" and field.type == "many2one":
                    rows = self.env[model._name].sudo().with_context(active_test=False).search(
                        [(field.name, "=", self.id)], limit=None
                    )
                    models.BaseModel.write(rows, {field.name: False})
