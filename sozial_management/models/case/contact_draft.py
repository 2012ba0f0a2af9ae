from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

KEPT = ("date", "medium", "reached", "minutes", "travel_minutes", "partner_ids", "text")
FORGOTTEN_AFTER = timedelta(days=14)


class SozialContactDraft(models.Model):
    """A contact note that somebody is writing: kept every few seconds until it is saved.

    It outlives a lost session or an empty battery. It lies here and not in the browser, which others use
    too; whoever may open the case may read it. Each user has one a case, offered when the next note is begun.
    """

    _name = "sozial.contact.draft"
    _description = "Unfinished contact note"
    _inherit = "sozial.confidential"
    _anonymise = "delete"
    _kept_under_hold = False
    _order = "write_date desc, id desc"

    user_id = fields.Many2one(
        "res.users", "Author", required=True, readonly=True, index=True, ondelete="cascade", default=lambda self: self.env.user
    )
    content = fields.Json(help="What stands in the form: text, minutes and so on.")

    _one_each = models.Constraint("UNIQUE (case_id, user_id)", "There is an unfinished note of yours in this case already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Nobody writes a note for somebody else."""
        if not self.env.su:
            vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def keep(self, case_id, values):
        """Keep what stands in a form that is not saved yet. Nothing written: nothing is kept.

        :param int case_id: the case the note is about
        :param dict values: values of the form; dates as the server writes them, participants as ids
        :raise AccessError: without access to the case
        :raise UserError: if the case is closed
        """
        case = self._case(case_id)
        if not case.is_active:
            raise UserError(self.env._("%s is closed. Take the case up again to write a contact note.", case.name))
        content = {name: values[name] for name in KEPT if name in values}
        mine = self._mine(case)
        if not (content.get("text") or content.get("minutes")):
            mine.unlink()
        elif mine:
            mine.write({"content": content})
        else:
            self.create({"case_id": case.id, "content": content})
        return True

    @api.model
    def waiting(self, case_id):
        """What the current user began to write about a case and did not save.

        :return: ``{"at": datetime, "values": dict}``, or False
        :raise AccessError: without access to the case
        """
        mine = self._mine(self._case(case_id))
        if not mine:
            return False
        mine._log_opening()
        return {"at": fields.Datetime.to_string(mine.write_date), "values": mine.content}

    @api.model
    def discard(self, case_id):
        """Forget what the current user began to write about a case."""
        self._mine(self._case(case_id)).unlink()
        return True

    @api.model
    def _case(self, case_id):
        if not isinstance(case_id, int) or not case_id:
            raise UserError(self.env._("Case: choose the case that the note is about."))
        case = self.env["sozial.case"].browse(case_id)
        case.check_access("read")
        return case

    @api.model
    def _mine(self, cases):
        return self.search([("case_id", "in", cases.ids), ("user_id", "=", self.env.uid)], limit=len(cases))

    @api.autovacuum
    def _forget_old(self):
        """What nobody came back to is not kept: it would be a second file of the case."""
        self.search([("write_date", "<", fields.Datetime.now() - FORGOTTEN_AFTER)], limit=1000).unlink()
