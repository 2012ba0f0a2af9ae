from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# what this addon adds to the rules of retention
SUBJECTS = [("room_booking", "Room bookings that are over"), ("room_waiting", "Settled entries of waiting lists")]


class SozialRetentionRule(models.Model):
    """How long it is kept who used a room, who had its key, and who waited for it."""

    _inherit = "sozial.retention.rule"

    # uninstalling removes these rules in SQL before, in the order in which they are referred to
    subject = fields.Selection(selection_add=SUBJECTS, ondelete={"room_booking": "cascade", "room_waiting": "cascade"})

    @api.constrains("subject", "action")
    def _check_room_action(self):
        for rule in self:
            if rule.subject == "room_booking" and rule.action != "anonymise":
                raise ValidationError(self.env._("What happens: room bookings are anonymised; their hours count for the utilisation."))
            if rule.subject == "room_waiting" and rule.action != "delete":
                raise ValidationError(
                    self.env._("What happens: entries of waiting lists are deleted; without the person they say nothing.")
                )

    def _due_room_booking(self, company, limit_day, limit):
        """Bookings that ended before a day; not while a key is out or a deposit is still here."""
        return self._due_of(
            "sozial.room.booking",
            Domain("company_id", "=", company.id)
            & Domain("stop", "<", limit_day)
            & Domain("anonymised_on", "=", False)
            & Domain("deposit_ids", "not any", [("settled_on", "=", False)])
            & Domain("protocol_ids", "not any", [("kind", "=", "out"), ("back_at", "=", False)]),
            limit,
        )

    def _due_room_waiting(self, company, limit_day, limit):
        return self._due_of(
            "sozial.room.waiting",
            Domain("company_id", "=", company.id)
            & Domain("state", "not in", ("waiting", "offered"))
            & Domain("write_date", "<", limit_day),
            limit,
        )
