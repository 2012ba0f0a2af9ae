from odoo import api, models
from odoo.tools import is_html_empty


class SozialCentreSetUp(models.AbstractModel):
    """What a new centre still needs before the first guest comes. Everything is derived from data."""

    _name = "sozial.centre.set.up"
    _description = "Set-up of a centre"

    @api.model
    def _steps(self, centre):
        """The list for one centre, in the order in which one does it.

        :return: list of dicts ``key``, ``title``, ``text``, ``done``, ``action`` (where to mend it)
        """
        _ = self.env._
        rooms = centre.room_ids
        form = self._form(centre)
        room_list = self._list("sozial.room", _("Rooms"), centre)
        steps = (
            ("contact", _("Address and contact"), _("Where it is, who runs it, and where answers to mails go."),
             centre.partner_id and centre.manager_id and centre.email, form),
            ("hours", _("Opening hours"), _("Without hours the centre counts as open at any time."),
             centre.sudo().calendar_id.attendance_ids, form),
            ("holidays", _("Public holidays"), _("Choose the state whose holidays are kept."), centre.holiday_state, form),
            ("terms", _("House rules"), _("Terms of use that everybody accepts who books."), not is_html_empty(centre.terms), form),
            ("rooms", _("Rooms"), _("What there is to book, with capacity and accessibility."), rooms, room_list),
            ("conditions", _("Who may book"), _("For each room: which group books directly, on request, or only looks."),
             rooms and all(room.condition_ids for room in rooms), room_list),
            ("prices", _("Price list"), _("Fees and deposit of the rooms; an amount of 0 says that a room is free."),
             rooms and all(room.fee_ids for room in rooms), room_list),
            ("doors", _("Door displays"), _("A screen at the door says what is on. Switch it on at the room."),
             any(room.door_url for room in rooms), room_list),
            ("programme", _("Programme"), _("At least one activity is published, so that people see what there is."),
             self._published(centre), self._list("sozial.activity", _("Activities"), centre)),
        )  # fmt: skip
        return [
            {"key": key, "title": title, "text": text, "done": bool(done), "action": action} for key, title, text, done, action in steps
        ]

    @api.model
    def _published(self, centre):
        return self.env["sozial.activity"].search_count([("centre_id", "=", centre.id), ("published", "=", True)], limit=1)

    @api.model
    def _form(self, centre):
        return {
            "type": "ir.actions.act_window",
            "name": centre.name,
            "res_model": "sozial.centre",
            "res_id": centre.id,
            "views": [(False, "form")],
        }

    @api.model
    def _list(self, model, name, centre):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "domain": [("centre_id", "=", centre.id)],
            "context": {"default_centre_id": centre.id},
            "views": [(False, "list"), (False, "form")],
        }
