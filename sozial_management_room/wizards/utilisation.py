from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..models.utilisation.use import WEEKDAYS
from ..timetable import heat_map, open_hours, percent, protect

LONGEST = 750  # days
# fewer different organisations or persons than these are not told apart in what is printed
LEAST = 5
USED = ("confirmed", "done")


class SozialRoomUtilisation(models.TransientModel):
    """How much of the opening hours of a centre is used, by weekday and hour, by room, and by whom.

    The table by customer group is made for funders and reports: groups of few are hidden in it,
    so that nobody learns who is behind them. Weekday, hour and room say only what every visitor
    sees in the free times of the portal.
    """

    _name = "sozial.room.utilisation"
    _description = "Utilisation of rooms"

    centre_id = fields.Many2one(
        "sozial.centre", "Centre", required=True, ondelete="cascade", default=lambda self: self.env["sozial.centre"].search([], limit=1)
    )
    room_ids = fields.Many2many("sozial.room", string="Rooms", domain="[('centre_id', '=', centre_id)]", help="Empty: all rooms.")
    date_from = fields.Date("From", required=True, default=lambda self: self._default_from())
    date_until = fields.Date("Until", required=True, default=lambda self: fields.Date.context_today(self))
    result = fields.Html(compute="_compute_result", sanitize=False)

    def _default_from(self):
        return fields.Date.context_today(self).replace(day=1) - relativedelta(months=3)

    @api.depends("centre_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._("Utilisation: %s", report.centre_id.name or "")

    @api.onchange("centre_id")
    def _onchange_centre_id(self):
        self.room_ids = self.room_ids.filtered(lambda room: room.centre_id == self.centre_id)

    @api.depends("centre_id", "room_ids", "date_from", "date_until")
    def _compute_result(self):
        for report in self:
            problem = report._problem()
            values = {"problem": problem, "report": report} if problem else {"problem": False, **report._values()}
            report.result = self.env["ir.qweb"]._render("sozial_management_room.utilisation_result", values)

    def _problem(self):
        """What is wrong with the entries, as a sentence; nothing if all is well."""
        self.ensure_one()
        if not self.centre_id or not self.date_from or not self.date_until:
            return self.env._("Centre, From, Until: please choose all three.")
        if self.date_until < self.date_from:
            return self.env._("Until: this is before »From«.")
        if (self.date_until - self.date_from).days > LONGEST:
            return self.env._("From, Until: choose at most two years.")
        return False

    def _values(self):
        """Everything that screen and print show.

        :raise AccessError: if the user may not read the centre or the use of its rooms
        """
        self.ensure_one()
        self.centre_id.check_access("read")
        rooms = self.room_ids._origin or self.env["sozial.room"].search([("centre_id", "=", self.centre_id.id)])
        domain = [
            ("room_id", "in", rooms.ids), ("day", ">=", self.date_from), ("day", "<=", self.date_until), ("state", "in", USED),
        ]  # fmt: skip
        opened = self._opened()
        return {
            "report": self,
            "centre": self.centre_id,
            "chosen": self.room_ids,
            "period": f"{format_date(self.env, self.date_from)} – {format_date(self.env, self.date_until)}",
            **self._heat(rooms, opened),
            "rooms": self._room_lines(rooms, domain, sum(opened.values())),
            **self._group_lines(rooms, domain),
        }

    def _opened(self):
        """Opening hours of the period by weekday and hour, public holidays taken out."""
        centre = self.centre_id
        intervals = centre._week_plan().intervals(self.date_from, self.date_until)
        return open_hours(intervals, ZoneInfo(centre.tz))

    def _heat(self, rooms, opened):
        """The heat map: a hall that is taken takes up both its halves, so parts are counted, not rooms."""
        use = self.env["sozial.room.use"]
        use.check_access("read")
        for model, names in use._depends.items():
            self.env[model].flush_model(names)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT use.weekday::int, use.hour::int, sum(use.hours)
                  FROM (%s) use JOIN sozial_room_atom_rel part ON part.room_id = use.room_id
                 WHERE part.atom_id = ANY(%s) AND use.day BETWEEN %s AND %s AND use.state = ANY(%s) AND use.centre_id = %s
                 GROUP BY 1, 2
                """,
                use._table_query,
                rooms.atom_ids.ids,
                self.date_from,
                self.date_until,
                list(USED),
                self.centre_id.id,
            )
        )
        cells = heat_map({(weekday, hour): float(hours) for weekday, hour, hours in rows}, opened, len(rooms.atom_ids))
        hours = sorted({hour for _weekday, hour in cells})
        names = dict(self.env["sozial.room.use"]._fields["weekday"]._description_selection(self.env))
        lines = [
            {"name": names[key], "cells": [cells.get((int(key), hour)) for hour in hours]}
            for key, _name in WEEKDAYS
            if any(weekday == int(key) for weekday, _hour in cells)
        ]
        used, available = (sum(getattr(cell, name) for cell in cells.values()) for name in ("used", "open"))
        return {"hours": hours, "lines": lines, "percent": percent(used, available)}

    def _room_lines(self, rooms, domain, opened):
        """Each room with its own bookings."""
        groups = self.env["sozial.room.use"]._read_group(domain, ["room_id"], ["hours:sum"])
        found = {room.id: hours for room, hours in groups}
        return [
            {"name": room.name, "used": found.get(room.id, 0), "percent": percent(found.get(room.id, 0), opened)} for room in rooms
        ]

    def _group_lines(self, rooms, domain):
        """Who used the rooms, by customer group and paid or free; rows about few parties are hidden."""
        hours = {
            (group, paid): total
            for group, paid, total in self.env["sozial.room.use"]._read_group(domain, ["customer_group", "paid"], ["hours:sum"])
        }
        parties = self._parties(rooms)
        rows = {key: (LEAST if key[0] == "own" else parties.get(key, 0), total) for key, total in hours.items()}
        hidden = protect(rows, LEAST)
        use = self.env["sozial.room.use"]._fields
        groups, kinds = (dict(use[name]._description_selection(self.env)) for name in ("customer_group", "paid"))
        lines = [
            {"name": groups[group], "kind": kinds[paid], "hours": None if (group, paid) in hidden else hours[group, paid]}
            for group in groups
            for paid in kinds
            if (group, paid) in hours and hidden != set(rows)  # else even the names of the rows would say too much
        ]
        return {"groups": lines, "total": sum(hours.values()), "any_hidden": bool(hidden), "least": LEAST}

    def _parties(self, rooms):
        """How many different organisations or persons are behind each customer group, paid or free."""
        begin = self.centre_id._to_utc(datetime.combine(self.date_from, time.min))
        end = self.centre_id._to_utc(datetime.combine(self.date_until + timedelta(days=1), time.min))
        charged = {
            (room.id, fee.customer_group) for room in rooms for fee in room.fee_ids if fee.kind == "fee" and fee.amount > 0
        }
        found = defaultdict(set)
        groups = self.env["sozial.room.booking"]._read_group(
            [("room_id", "in", rooms.ids), ("stop", ">", begin), ("start", "<", end), ("state", "in", USED)],
            ["room_id", "customer_group", "partner_id"],
        )
        for room, group, partner in groups:
            found[group, "paid" if (room.id, group) in charged else "free"].add(partner.sudo().commercial_partner_id.id)
        return {key: len(ids - {False}) for key, ids in found.items()}

    def action_print(self):
        """Print what is shown."""
        self.ensure_one()
        if problem := self._problem():
            raise UserError(problem)
        return self.env.ref("sozial_management_room.report_utilisation").report_action(self)

    def action_pivot(self):
        """The same hours to be arranged freely."""
        self.ensure_one()
        if problem := self._problem():
            raise UserError(problem)
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management_room.action_sozial_room_use")
        action["domain"] = [("centre_id", "=", self.centre_id.id), ("day", ">=", self.date_from), ("day", "<=", self.date_until)]
        return action
