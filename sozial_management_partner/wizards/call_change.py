from odoo import api, fields, models
from odoo.exceptions import UserError

FACTS = (
    "name", "summary", "deadline", "questions_until", "occasion", "goals", "target", "date_from", "date_until", "rooms", "staff",
    "remuneration", "panel", "reports", "contact_name", "contact_phone", "contact_email",
)  # fmt: skip


class SozialCallChange(models.TransientModel):
    """The dialog for a new version of a published call: what changes, why, and what all will read."""

    _name = "sozial.call.change"
    _description = "Change of a published call"

    call_id = fields.Many2one("sozial.call", "Call", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(help="One or two sentences that everybody reads.")
    is_material = fields.Boolean(
        "Submissions have to be confirmed",
        help="Tick this if the change touches what submissions answer to. For lots, criteria and evidence it is so anyway.",
    )
    name = fields.Char("Title")
    summary = fields.Text("Short text")
    deadline = fields.Datetime("Deadline for submissions", help="Can only be moved later.")
    questions_until = fields.Datetime("Questions until", help="Can only be moved later.")
    occasion = fields.Text("Occasion in the quarter")
    goals = fields.Text()
    target = fields.Text("Target groups")
    date_from = fields.Date("Cooperation from")
    date_until = fields.Date("Cooperation until")
    rooms = fields.Text()
    staff = fields.Text()
    remuneration = fields.Text()
    panel = fields.Text()
    reports = fields.Text("Reporting")
    contact_name = fields.Char("Public contact")
    contact_phone = fields.Char("Public phone")
    contact_email = fields.Char("Public e-mail")
    lot_ids = fields.One2many("sozial.call.change.lot", "change_id", "Lots")
    criterion_ids = fields.One2many("sozial.call.change.criterion", "change_id", "Criteria")
    section_ids = fields.One2many("sozial.call.change.section", "change_id", "Sections written by hand")
    difference = fields.Json(readonly=True)
    difference_text = fields.Html("What all will read", compute="_compute_difference_text")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        call = self.env["sozial.call"].browse(values.get("call_id"))
        if not call:
            return values
        call._require_changeable()
        values.update({name: call[name] for name in FACTS})
        values["lot_ids"] = [
            fields.Command.create({"lot_id": lot.id, "description": lot.description, "capacity": lot.capacity}) for lot in call.lot_ids
        ]
        values["section_ids"] = [
            fields.Command.create({"section_id": one.id, "text": one.text}) for one in call.section_ids if one.is_own
        ]
        values["criterion_ids"] = [
            fields.Command.create(
                {"criterion_id": one.id, "description": one.description, "weight": one.weight, "minimum": one.minimum}
            )
            for one in call.criterion_ids
        ]
        return values

    @api.depends("difference")
    def _compute_difference_text(self):
        for change in self:
            change.difference_text = self.env["ir.qweb"]._render(
                "sozial_management_partner.call_difference", {"changes": change.difference or []}
            )

    def _values(self):
        """What has changed, as `_publish_change` takes it."""
        call = self.call_id
        values = {name: self[name] for name in FACTS if self[name] != call[name]}
        lots = [
            (line.lot_id, {"description": line.description, "capacity": line.capacity})
            for line in self.lot_ids
            if (line.description or "", line.capacity or "") != (line.lot_id.description or "", line.lot_id.capacity or "")
        ]
        criteria = [
            (line.criterion_id, {"description": line.description, "weight": line.weight, "minimum": line.minimum})
            for line in self.criterion_ids
            if (line.description or "", line.weight, line.minimum)
            != (line.criterion_id.description or "", line.criterion_id.weight, line.criterion_id.minimum)
        ]
        sections = [
            (line.section_id, {"text": line.text}) for line in self.section_ids if str(line.text or "") != str(line.section_id.text or "")
        ]
        parts = {"lot_ids": lots, "criterion_ids": criteria, "section_ids": sections}
        return {**values, **{name: changed for name, changed in parts.items() if changed}}

    def action_preview(self):
        """Show what all will read, without changing anything."""
        self.ensure_one()
        call = self.call_id
        call._require_changeable()
        before = call.current_version_id.content
        values = self._values()
        savepoint = self.env.cr.savepoint()
        try:
            call._apply_change(values)
            words = [call._as_words(change) for change in call._changes_since(before)]
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        self.difference = words
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the call"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_publish(self):
        """Publish the new version and tell everybody."""
        self.ensure_one()
        if not (self.reason or "").strip():
            raise UserError(self.env._("Reason: write for everybody why the call changes."))
        self.call_id._publish_change(self._values(), self.reason, self.is_material)
        return {"type": "ir.actions.act_window_close"}


class SozialCallChangeLot(models.TransientModel):
    _name = "sozial.call.change.lot"
    _description = "Change of a lot"

    change_id = fields.Many2one("sozial.call.change", required=True, ondelete="cascade")
    lot_id = fields.Many2one("sozial.call.lot", "Lot", required=True, readonly=True, ondelete="cascade")
    description = fields.Text("Service")
    capacity = fields.Char("Extent")


class SozialCallChangeCriterion(models.TransientModel):
    _name = "sozial.call.change.criterion"
    _description = "Change of a criterion"

    change_id = fields.Many2one("sozial.call.change", required=True, ondelete="cascade")
    criterion_id = fields.Many2one("sozial.call.criterion", "Criterion", required=True, readonly=True, ondelete="cascade")
    description = fields.Text("What is looked at")
    weight = fields.Integer("Weight (%)")
    minimum = fields.Integer("Minimum points")


class SozialCallChangeSection(models.TransientModel):
    _name = "sozial.call.change.section"
    _description = "Change of a section"

    change_id = fields.Many2one("sozial.call.change", required=True, ondelete="cascade")
    section_id = fields.Many2one("sozial.call.section", "Section of the notice", required=True, readonly=True, ondelete="cascade")
    text = fields.Html()
