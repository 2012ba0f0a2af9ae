from odoo import fields, models

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


STATES = [
    ("waiting", "Waiting"),
    ("offered", "Offered"),
    ("done", "Settled"),
    ("declined", "Declined"),
    ("expired", "Not answered"),
    ("withdrawn", "Withdrawn"),
]


class SozialRoomWaiting(models.Model):
    """Somebody who waits for a room that is taken: for a regular slot, or for one slot on one day.

    Who waits for a regular slot is told when a standing booking gives its slot up. Who waits for
    one slot moves up when it gets free: see `slot.py` and `offer.py`.
    """

    _name = "sozial.room.waiting"
    _inherit = ["sozial.room.named"]
    _description = "Waiting for a room"
    _order = "create_date, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    kind = fields.Selection(
        [("regular", "Regular slot"), ("slot", "One slot")],
        "Waits for",
        required=True,
        default="regular",
        help="Regular slot: told when a standing booking gives up. "
        "One slot: gets it offered as soon as it is free, in the order of asking.",
    )
    partner_id = fields.Many2one("res.partner", "For", required=True, index=True, ondelete="cascade", check_company=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="cascade", check_company=True)
    centre_id = fields.Many2one(related="room_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    weekday = fields.Selection(WEEKDAYS, help="Empty: any day.")
    time_start = fields.Float("From", default=8.0)
    time_end = fields.Float("To", default=22.0)
    note = fields.Text("Remarks")
    state = fields.Selection(STATES, "Status", required=True, default="waiting", copy=False, index=True)
    offered_at = fields.Datetime("Offered on", readonly=True, copy=False)

    _times_of_a_day = models.Constraint(
        "CHECK (time_start >= 0 AND time_start < time_end AND time_end <= 24)", "From, To: enter times of one day, the start first."
    )

    def _offer(self, series):
        """Tell everybody who waits for the slot that a series has given up, in the order of asking.

        The slot is not held for them: the first who asks gets it, and the mail says so.
        """
        weekday = str(series.date_start.weekday())
        end = series.time_end if series.time_end > series.time_start else 24.0
        waiting = self.sudo().search(
            [
                ("state", "=", "waiting"),
                ("kind", "=", "regular"),
                ("room_id", "=", series.room_id.id),
                ("weekday", "in", (False, weekday)),
                ("time_start", "<", end),
                ("time_end", ">", series.time_start),
                ("partner_id", "!=", series.partner_id.id),
            ],
            limit=100,
        )
        waiting._write_guarded({"state": "offered", "offered_at": fields.Datetime.now()})
        self.env["mail.mail"].sudo().create([one._offer_mail(series) for one in waiting if one.partner_id.email])
        return waiting

    def _offer_mail(self, series):
        mine = self.with_context(lang=self.partner_id.lang or self.env.lang).sudo()
        offered = series.with_env(mine.env)
        return mine._mail_values(
            mine.env._("A regular slot is free: %s", offered.room_id.name),
            "sozial_management_room.mail_waiting",
            {"series": offered},
        )

    def _mail_values(self, subject, template, values):
        """A mail to whoever waits; `self` is in their language and without rules."""
        company = self.company_id
        return {
            "subject": subject,
            "body_html": self.env["ir.qweb"]._render(template, {"partner": self.partner_id, "company": company, "waiting": self, **values}),
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "email_to": self.partner_id.email_formatted,
            "reply_to": self.centre_id.manager_id.email_formatted or company.email_formatted,
            "author_id": False,
            "auto_delete": True,
        }
