from odoo import api, fields, models

from odoo.addons.sozial_management.models.offer.offer_hour import WEEKDAYS

IN_GERMAN = ("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags", "sonntags")


def clock(hours):
    """Hours of a day as Odoo stores them, in words of the clock."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


class SozialAgreementHour(models.Model):
    """A consultation hour that the organisation holds in one of our rooms: weekday, from, to, in the centre's time.

    Part of what both sides sign. When the agreement begins, its dates are booked as a series, and each
    date is a session of the agreement's activity.
    """

    _name = "sozial.agreement.hour"
    _description = "Consultation hour of an agreement"
    _inherit = "sozial.guarded"
    _order = "agreement_id, weekday, hour_from, id"
    _rec_name = "weekday"
    _check_company_auto = True
    # Set when the agreement begins.
    _guarded = frozenset({"activity_id", "series_ids"})

    agreement_id = fields.Many2one("sozial.agreement", "Agreement", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="agreement_id.company_id", store=True, precompute=True, index=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="restrict", check_company=True)
    weekday = fields.Selection(WEEKDAYS, required=True, default="0")
    hour_from = fields.Float("From", required=True, default=9.0, help="Time on the wall of the centre.")
    hour_to = fields.Float("To", required=True, default=12.0)
    activity_id = fields.Many2one(
        "sozial.activity", "Activity", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", check_company=True,
        groups="sozial_management_room.group_sozial_room_user",
    )  # fmt: skip
    series_ids = fields.Many2many(
        "sozial.room.series", "sozial_agreement_hour_series_rel", "hour_id", "series_id", "Series", readonly=True, copy=False,
        check_company=True, groups="sozial_management_room.group_sozial_room_user",
    )  # fmt: skip
    booked = fields.Integer("Dates booked", compute="_compute_dates", help="Dates of this hour that hold the room, past ones included.")
    left_out = fields.Integer("Left out", compute="_compute_dates", help="Holidays, closures, and dates on which somebody has the room.")

    _range_is_a_day = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "Consultation hour: “From” must be before “To”, both between 0:00 and 24:00.",
    )
    _once = models.Constraint(
        "UNIQUE (agreement_id, room_id, weekday, hour_from)", "This consultation hour stands in the agreement already."
    )

    @api.depends("series_ids")
    def _compute_dates(self):
        own = self.sudo()
        live = [("series_id", "in", own.series_ids.ids), ("state", "in", ("requested", "confirmed", "done", "no_show"))]
        booked = dict(self.env["sozial.room.booking"].sudo()._read_group(live, ["series_id"], ["__count"]))
        skipped = [("series_id", "in", own.series_ids.ids)]
        left_out = dict(self.env["sozial.room.series.exception"].sudo()._read_group(skipped, ["series_id"], ["__count"]))
        for hour, mine in zip(self, own, strict=True):
            hour.booked = sum(booked.get(series, 0) for series in mine.series_ids)
            hour.left_out = sum(left_out.get(series, 0) for series in mine.series_ids)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_guarded(vals)
        hours = super(SozialAgreementHour, self._without_guarded_defaults()).create(vals_list).with_env(self.env)
        hours.agreement_id._require_draft()
        return hours

    def write(self, vals):
        self._refuse_guarded(vals)
        self.agreement_id._require_draft()
        result = super().write(vals)
        self.agreement_id._require_draft()  # where it moved to, too
        return result

    def _write_guarded(self, values):
        """Write past the guard. For the steps of the agreement."""
        return super().write(values)

    @api.ondelete(at_uninstall=False)
    def _unlink_in_drafts(self):
        self.agreement_id._require_draft()

    def _key(self):
        """What makes it the same consultation hour in the next version."""
        self.ensure_one()
        return self.room_id, self.weekday, clock(self.hour_from), clock(self.hour_to)

    def _german_line(self):
        """As it stands in the text."""
        self.ensure_one()
        own = self.sudo()
        return f"– {IN_GERMAN[int(own.weekday)]}, {clock(own.hour_from)} bis {clock(own.hour_to)} Uhr: {own.room_id.display_name}"

    def _reader_line(self):
        """As the organisation reads it, in its language."""
        self.ensure_one()
        own = self.sudo()
        day = dict(self._fields["weekday"]._description_selection(self.env))[own.weekday]
        return f"{day}, {clock(own.hour_from)} – {clock(own.hour_to)}: {own.room_id.display_name}"
