from odoo import api, fields, models
from odoo.exceptions import UserError


class SozialMediationSession(models.Model):
    """A talk of a mediation: planned or held only while all parties are willing."""

    _name = "sozial.mediation.session"
    _description = "Session of a mediation"
    _inherit = "sozial.mediation.part"
    _anonymise = "keep"
    _order = "start_at, id"
    _guarded = frozenset({"state"})

    start_at = fields.Datetime("Begins", required=True, anonymise="keep")
    minutes = fields.Integer(required=True, default=90, help="How long it is to take.")
    place = fields.Char(required=True, anonymise="blank", help="Neutral ground: a room that is neither party's.")
    kind = fields.Selection(
        [("joint", "All together"), ("single", "With one party"), ("shuttle", "Going between the parties")],
        required=True, default="joint", anonymise="keep",
    )  # fmt: skip
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")], required=True, readonly=True, copy=False, default="planned"
    )

    _length = models.Constraint("CHECK (minutes BETWEEN 1 AND 600)", "Minutes: between 1 and 600.")
    _planned = models.Index("(mediation_id, start_at) WHERE state = 'planned'")

    @api.model_create_multi
    def create(self, vals_list):
        mediations = self._mediations_named(vals_list)
        if mediations:
            mediations.check_access("write")
            mediations._lock()
            mediations._require_all_willing()
        return super().create(vals_list)

    def write(self, vals):
        """A planned session may be moved, as long as all are willing."""
        if any(one.state != "planned" for one in self):
            raise UserError(self.env._("This session is over or cancelled and stays as it is. Plan a new one."))
        if "start_at" in vals:
            self.mediation_id._lock()
            self.mediation_id._require_all_willing()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_planned(self):
        if any(one.state == "held" for one in self):
            raise UserError(self.env._("A session that was held stays."))

    def action_held(self):
        """The session took place.

        :raise UserError: if it is still to come, or not everybody is willing
        """
        self.ensure_one()
        self.check_access("write")
        self.mediation_id._require_mediator()
        self.mediation_id._lock()
        self._require_planned()
        self.mediation_id._require_all_willing()
        if self.start_at > fields.Datetime.now():
            raise UserError(self.env._("This session is still to come."))
        self._write_guarded({"state": "held"})
        return True

    def action_cancel(self):
        """Cancel the session; nobody is told why."""
        self.ensure_one()
        self.check_access("write")
        self._require_planned()
        self._write_guarded({"state": "cancelled"})
        return True

    def _require_planned(self):
        self.invalidate_recordset(["state"])
        if self.state != "planned":
            raise UserError(self.env._("This session is over or cancelled already."))
