from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

REPEATED_WITHIN = timedelta(minutes=10)
# by one login for one activity or session: a family, a group of an organisation
MOST_OF_PERSON, MOST_OF_ORGANISATION = 6, 20


class SozialActivity(models.Model):
    """Registering by the public page or the portal. Callers have checked that the activity is public."""

    _inherit = "sozial.activity"

    def _session_to_register(self, session_id):
        """The coming session of this activity that was chosen, else nothing."""
        self.ensure_one()
        if not str(session_id).isdigit() or len(str(session_id)) > 9:
            return self.env["sozial.activity.session"]
        domain = [
            ("id", "=", int(session_id)),
            ("activity_id", "=", self.id),
            ("state", "=", "planned"),
            ("start", ">", fields.Datetime.now()),
        ]
        return self.env["sozial.activity.session"].sudo().search(domain, limit=1)

    def _course_has_seats(self):
        """Whether a course has a seat free now."""
        registered = self.env["sozial.activity.registration"].sudo()
        return registered.search_count([("activity_id", "=", self.id), ("seat", ">", 0)]) < self.seats

    def _require_seats_for_others(self, session, most):
        """One login does not take all seats; by the public page the mail has to be confirmed each time."""
        mine = [("activity_id", "=", self.id), ("session_id", "=", session.id), ("create_uid", "=", self.env.uid),
                ("state", "in", ("unconfirmed", "waiting", "offered", "confirmed"))]  # fmt: skip
        if self.env["sozial.activity.registration"].sudo().search_count(mine, limit=most) >= most:
            raise UserError(self.env._("You have registered %s people already. For more please call the centre.", most))

    def _require_slot(self, session, wanted):
        """:raise UserError: for a slot that somebody else took meanwhile, while others are free: nobody has to wait then"""
        if self.kind != "consultation" or not wanted:
            return
        free = session._free_slots(session._taken_seats().get(session.id, ()))
        if free and wanted not in free:
            raise UserError(self.env._("Somebody else has just taken this time. Please choose another one."))

    def _register_publicly(self, values, partner):
        """Register with what was typed; by whoever is logged in as `partner`, else until the mail is confirmed.

        :return: the registration; nothing if the same has just come in
        """
        self.ensure_one()
        session = self._session_to_register(values["session"]) if self.registration == "session" else self.session_ids.browse()
        registered = self.env["sozial.activity.registration"].sudo()
        same = [
            ("activity_id", "=", self.id), ("session_id", "=", session.id), ("email", "=ilike", values["email"].replace("_", r"\_")),
            ("name", "=", values["name"]), ("state", "in", ("unconfirmed", "waiting", "offered", "confirmed")),
        ]  # fmt: skip
        if registered.search_count(same, limit=1):
            return registered  # a second click; whoever asks learns nothing from it
        slot = values.get("slot") or ""
        wanted = int(slot) if slot.isdigit() and len(slot) < 4 else 0
        self._require_slot(session, wanted)
        organisation = bool(partner) and partner.commercial_partner_id.is_company
        if partner:
            self._require_seats_for_others(session, MOST_OF_ORGANISATION if organisation else MOST_OF_PERSON)
        return registered.with_company(self.company_id).create(
            {
                "activity_id": self.id,
                "session_id": session.id,
                "name": values["name"],
                "email": values["email"],
                "phone": values["phone"] or False,
                "partner_id": partner.id if partner.company_id <= self.company_id else False,
                "minor": bool(values["minor"]),
                "parent_name": values["parent_name"] if values["minor"] else False,
                "parent_consent": bool(values["minor"] and values["parent_consent"]),
                "source": ("partner" if organisation else "portal") if partner else "public",
                "lang": self.env.lang,
                "wanted_seat": wanted,
            }
        )
