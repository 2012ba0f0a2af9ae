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


class SozialRoomWaiting(models.Model):
    """A group that would like a regular slot: told when a standing booking gives its slot up."""

    _name = "sozial.room.waiting"
    _description = "Waiting for a regular slot"
    _order = "create_date, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", "For", required=True, index=True, ondelete="cascade", check_company=True)
    room_id = fields.Many2one("sozial.room", "Room", required=True, index=True, ondelete="cascade", check_company=True)
    centre_id = fields.Many2one(related="room_id.centre_id", string="Centre", store=True, precompute=True, index=True)
    company_id = fields.Many2one(related="room_id.company_id", store=True, precompute=True, index=True)
    weekday = fields.Selection(WEEKDAYS, help="Empty: any day.")
    time_start = fields.Float("From", default=8.0)
    time_end = fields.Float("To", default=22.0)
    note = fields.Text("Remarks")
    state = fields.Selection(
        [("waiting", "Waiting"), ("offered", "Offered"), ("done", "Settled")], "Status", required=True, default="waiting", index=True
    )
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
                ("room_id", "=", series.room_id.id),
                ("weekday", "in", (False, weekday)),
                ("time_start", "<", end),
                ("time_end", ">", series.time_start),
                ("partner_id", "!=", series.partner_id.id),
            ],
            limit=100,
        )
        waiting.write({"state": "offered", "offered_at": fields.Datetime.now()})
        self.env["mail.mail"].sudo().create([one._offer_mail(series) for one in waiting if one.partner_id.email])
        return waiting

    def _offer_mail(self, series):
        mine = self.with_context(lang=self.partner_id.lang or self.env.lang).sudo()
        offered = series.with_env(mine.env)
        company = mine.company_id
        return {
            "subject": mine.env._("A regular slot is free: %s", offered.room_id.name),
            "body_html": mine.env["ir.qweb"]._render(
                "sozial_management_room.mail_waiting", {"partner": mine.partner_id, "series": offered, "company": company}
            ),
            "email_from": company.email_formatted or mine.env.user.email_formatted,
            "email_to": mine.partner_id.email_formatted,
            "reply_to": mine.centre_id.manager_id.email_formatted or company.email_formatted,
            "author_id": False,
            "auto_delete": True,
        }
