import json
from datetime import date, datetime

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...procedure import chain

# What a portal user or visitor is called in a file that is read before the opening.
OUTSIDE = "Portal"
# Moves that are events of the file, with the fields that say what was decided.
TOLD = {
    "checked": {"note": "check_note", "procedure": "procedure"},
    "draft": {},
    "published": {"procedure": "procedure", "deadline": "deadline"},
    "opened": {},
    "reviewed": {},
    "decided": {},
    "concluded": {},
    "cancelled": {"reason": "cancel_reason"},
}


class SozialCall(models.Model):
    """The file of a call: see `sozial.call.record`."""

    _inherit = "sozial.call"

    record_ids = fields.One2many("sozial.call.record", "call_id", "Call file")

    def _record(self, event, details=None, sealed=False):
        """Enter into the file of the call what has just happened.

        The caller has checked that the current user may do it. Written in the same transaction:
        what is rolled back was not done and is not in the file.

        :param str event: a code of `record.events.EVENTS`
        :param dict details: texts, numbers without a point, dates, yes/no, lists and dicts of them;
            names and numbers as they shall be read in ten years, no ids
        :param bool sealed: what nobody may know before the opening (submissions above all): it
            joins the file at the opening, with the moment when it happened. After the opening it is
            entered at once.
        """
        for call in self:
            internal = self.env.user._is_internal()
            values = {
                "event": event,
                "details": call._plain(details or {}),
                "at": self._now(),
                "actor": self.env.user.name if internal or sealed else OUTSIDE,
                "user_id": self.env.uid if internal else None,
            }
            if sealed and not call.sudo().opened_at:
                values.update(at=call._record_stamp(values["at"]), details=json.dumps(values["details"], ensure_ascii=False))
                self.env["sozial.call.record.waiting"].sudo()._wait(call_id=call.id, **values)
            else:
                self.env["sozial.call.record"].sudo()._append(call.sudo(), **values)

    def _record_release(self):
        """Take over what waited for the opening, in the order in which it happened."""
        for call in self.sudo():
            records = self.env["sozial.call.record"].sudo()
            for entry in self.env["sozial.call.record.waiting"].sudo().search([("call_id", "=", call.id)], order="at, id"):
                details = {**(entry.details or {}), "happened_at": entry.at}
                records._append(call, entry.event, details, self._now(), entry.actor, entry.user_id.id)

    def _record_head(self):
        """Position and hash of the last entry, to be printed in protocols: an anchor against a file
        that is cut or rewritten as a whole.

        :return: ``(position, hash)``, or ``(0, "")`` for an empty file
        """
        self.ensure_one()
        last = self.env["sozial.call.record"].sudo()._entries(self.sudo(), last_only=True)
        return (last[0].position, last[0].hash) if last else (0, "")

    def _verify_record(self, anchors=None):
        """Compute the chain anew.

        :param dict anchors: hashes printed elsewhere, by position
        :return: list of `procedure.chain.Break`, empty for a file that is whole
        """
        self.ensure_one()
        records = self.env["sozial.call.record"].sudo()
        return chain.verify(records._subject(self.sudo()), records._entries(self.sudo()), anchors)

    def _record_problems(self, anchors=None):
        """The places where the file is not what was written, as sentences."""
        self.ensure_one()
        _ = self.env._
        sentences = {
            "gap": _("Entry %s: one before it is missing, double or moved."),
            "content": _("Entry %s: was changed after it was written."),
            "previous": _("Entry %s: does not follow on the entry before, which was changed or replaced."),
            "anchor": _("Entry %s: is not the one whose hash was printed."),
            "cut": _("Entry %s: its hash was printed, and it is no longer there."),
        }
        return [sentences[one.code] % one.position for one in self._verify_record(anchors)]

    def action_verify_record(self):
        """Compute the chain of the file anew and say the result.

        :raise UserError: names every entry that does not hold
        """
        self.ensure_one()
        self.check_access("read")
        self.env["sozial.call.record"].check_access("read")
        problems = self._record_problems()
        if problems:
            raise UserError(self.env._("The file of %s is NOT as it was written:", self.number) + "\n• " + "\n• ".join(problems))
        position, head = self._record_head()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "sticky": True,
                "title": self.env._("The file is as it was written"),
                "message": self.env._("%(count)s entries; hash of the last one: %(hash)s", count=position, hash=head),
            },
        }

    def action_open_record(self):
        """The file of this call."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("sozial_management_partner.action_sozial_call_record"),
            "domain": [("call_id", "=", self.id)],
            "context": {},
        }

    # ---- what enters by itself ----

    def _move(self, state, **values):
        """Every step of the call stands in its file, and what waited joins it at the opening."""
        result = super()._move(state, **values)
        for call in self:
            call._record(state, {key: call._german()._told(name) for key, name in TOLD[state].items() if call[name]})
        if state == "opened":
            self._record_release()
        return result

    def _freeze_version(self, reason=None, is_material=False, difference=None):
        """Every published version stands in the file with its hash."""
        version = super()._freeze_version(reason=reason, is_material=is_material, difference=difference)
        details = {"version": version.number, "sha256": version.sha256, "reason": reason, "material": bool(is_material)}
        self._record("version", {key: value for key, value in details.items() if value})
        return version

    def _told(self, name):
        """A field as it shall be read in the file: labels and local times, not codes."""
        field = self._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env))[self[name]]
        if field.type == "datetime":
            return format_datetime(self.env, self[name], tz=self.tz, dt_format="dd.MM.yyyy HH:mm:ss zzz")
        return self[name]

    def _plain(self, value):
        """Values as plain JSON: moments and days become ISO texts.

        :raise TypeError: for what has no place in a file, records above all
        """
        if isinstance(value, dict):
            return {str(key): self._plain(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._plain(inner) for inner in value]
        if isinstance(value, (datetime, date)):
            return value.isoformat()
        if isinstance(value, str):
            return str(value).replace("\0", "")  # PostgreSQL stores no NUL
        if value is None or isinstance(value, (bool, int)):
            return value
        raise TypeError(f"{type(value).__name__} has no place in the file of a call; give its name or number as text")

    def _record_stamp(self, moment):
        return self.env["sozial.call.record"]._stamp(moment)
