from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class SozialRoomSeriesPlan(models.TransientModel):
    """The dates of a series before they are booked or changed: what is free, what is not, what to do."""

    _name = "sozial.room.series.plan"
    _description = "Dates of a series"

    series_id = fields.Many2one("sozial.room.series", "Series", required=True, readonly=True, ondelete="cascade")
    mode = fields.Selection([("book", "Book"), ("change", "Change")], required=True, default="book", readonly=True)
    pattern = fields.Char(related="series_id.pattern")
    change = fields.Json(readonly=True, help="What changes: new values, from which day, by how many days.")
    line_ids = fields.One2many("sozial.room.series.plan.line", "plan_id", "Dates")
    conflict_ids = fields.One2many("sozial.room.series.plan.line", "plan_id", "To decide", domain=[("conflict", "!=", False)])
    date_count = fields.Integer(compute="_compute_counts")
    conflict_count = fields.Integer(compute="_compute_counts")
    summary = fields.Char(compute="_compute_counts")
    notice = fields.Text(readonly=True)

    @api.depends("line_ids.conflict")
    def _compute_counts(self):
        for plan in self:
            plan.date_count = len(plan.line_ids)
            plan.conflict_count = len(plan.line_ids.filtered("conflict"))
            if not plan.conflict_count:
                plan.summary = self.env._("All %s dates are free.", plan.date_count)
            else:
                plan.summary = self.env._(
                    "%(free)s of %(all)s dates are free. Say below what happens with the others.",
                    free=plan.date_count - plan.conflict_count,
                    all=plan.date_count,
                )

    @api.model
    def _for_wishes(self, series, wishes, bookings=None, **values):
        """A preview of these slots; ``bookings`` are those that would move there."""
        findings = series._findings(wishes, bookings.ids if bookings else ())
        hard = [number for number, finding in sorted(findings.items()) if finding.hard]
        rooms = series._other_rooms([wishes[number] for number in hard])
        proposed = {hard[position]: room_id for position, room_id in rooms.items()}
        lines = [
            {
                "day": wish.day,
                "start": wish.start,
                "stop": wish.stop,
                "room_id": wish.room_id,
                "booking_id": bookings[number].id if bookings else False,
                "new_start": wish.start,
                "new_stop": wish.stop,
                "new_room_id": proposed.get(number, False),
                **self._line_finding(findings.get(number)),
            }
            for number, wish in enumerate(wishes)
        ]
        return self.create({"series_id": series.id, "line_ids": [Command.create(line) for line in lines], **values})

    @api.model
    def _line_finding(self, finding):
        """Values of a line for what was found; what is only against the rules of the house stays unless it is a holiday."""
        if not finding:
            return {"conflict": False, "finding": False, "choice": "book"}
        return {"conflict": finding.kind, "finding": finding.text, "choice": "book" if finding.kind == "outside" else "skip"}

    def _show(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dates of the series") if self.mode == "book" else self.env._("Change of the series"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def action_apply(self):
        """Book or change what was chosen; shows the wizard again if a date was taken meanwhile.

        :raise UserError: if a choice is incomplete, naming the date
        """
        self.ensure_one()
        self.series_id.check_access("write")
        self.series_id._require_state("draft" if self.mode == "book" else "active")
        if self.mode == "change" and self.line_ids.booking_id - self.series_id._coming():
            raise UserError(self.env._("The series has changed meanwhile. Close this window and start the change again."))
        kept = self.line_ids.filtered(lambda line: line.choice != "skip")
        wishes = [line._wish() for line in kept]
        if not self._recheck(kept, wishes):
            return self._show()
        left_out = {line.day: line.finding or self.env._("Left out") for line in self.line_ids - kept}
        if self.mode == "book":
            self.series_id._book(wishes, left_out)
            return self.series_id._action_open()
        return self._apply_change(kept, wishes, left_out)

    def _apply_change(self, kept, wishes, left_out):
        values = self.change["values"]
        first_day = fields.Date.to_date(self.change["first_day"])
        cancelled = (self.line_ids - kept).booking_id
        target = self.series_id._change(kept.booking_id, wishes, cancelled, values, first_day, self.change["shift"])
        target._leave_out(left_out)
        return target._action_open()

    def _recheck(self, kept, wishes):
        """Look once more: what was taken meanwhile, and what was chosen anew but is taken too, is listed.

        :return: True if all chosen slots can be had
        """
        findings = self.series_id._findings(wishes, kept.booking_id.ids)
        barred = 0
        for number, (line, wish) in enumerate(zip(kept, wishes, strict=True)):
            finding = findings.get(number)
            if finding and finding.hard:
                barred += 1
                text = self.env._(
                    "%(room)s, %(slot)s: %(finding)s", room=line._room_of(wish).name, slot=self.series_id._words(wish), finding=finding.text
                )
                line.write({"conflict": finding.kind, "finding": text, "choice": "skip"})
        clash = self._own_clash(wishes)
        if clash:
            raise UserError(
                self.env._("%s: two dates of the series would be at the same time in the same room.", self.series_id._words(clash))
            )
        self.notice = (
            self.env._("%s of the chosen dates cannot be had. Nothing has been booked; please choose anew.", barred) if barred else False
        )
        return not barred

    def _own_clash(self, wishes):
        """A slot that overlaps another one of the same plan in the same room, if any."""
        last = {}
        for wish in sorted(wishes, key=lambda wish: (wish.room_id, wish.start)):
            before = last.get(wish.room_id)
            if before and wish.start < before.stop:
                return wish
            last[wish.room_id] = wish
        return None


class SozialRoomSeries(models.Model):
    _inherit = "sozial.room.series"

    def _action_open(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room_series")
        return {**action, "views": [(False, "form")], "res_id": self.id, "context": {}}
