from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

ROWS = 8


class SozialMyDay(models.AbstractModel):
    """One screen for a social worker in the morning: what is today, what is due, what waits."""

    _name = "sozial.my.day"
    _description = "My day"

    @api.model
    def get_my_day(self):
        """Everything the screen shows, in one call.

        :return: dict of sections; each is ``{"count": int, "rows": [...], "domain": [...]}``,
            times are UTC strings, at most ``ROWS`` rows a section
        :raise AccessError: if the current user is no social worker
        """
        if not self.env.user.has_group("sozial_management.group_sozial_worker"):
            raise AccessError(self.env._("»My day« is for social workers."))
        return {
            "user": self.env.user.name,
            "appointments": self._appointments(),
            "activities": self._activities(),
            "handovers": self._handovers(),
            "reviews": self._cases(self._review_domain(), "next_review, id"),
            "stale": self._cases(self._stale_domain(), "last_contact_at, opened_on, id"),
            "consents": self._consents(),
            "caseload": self.env["sozial.case"].search_count(self._own_active()),
        }

    @api.model
    def _today_in_utc(self):
        """First and last moment of the user's day, as naive UTC."""
        tz = pytz.timezone(self.env.user.tz or "Europe/Berlin")
        today = datetime.now(tz).date()
        start, stop = (
            tz.localize(datetime.combine(day, time())).astimezone(pytz.utc).replace(tzinfo=None)
            for day in (today, today + timedelta(days=1))
        )
        return start, stop

    @api.model
    def _appointments(self):
        start, stop = self._today_in_utc()
        domain = [
            ("partner_ids", "in", self.env.user.partner_id.ids),
            ("start", "<", fields.Datetime.to_string(stop)),
            ("stop", ">=", fields.Datetime.to_string(start)),
        ]
        events = self.env["calendar.event"].search(domain, order="start", limit=50)
        rows = [
            {
                "id": event.id,
                "name": event.name,
                "start": fields.Datetime.to_string(event.start),
                "allday": event.allday,
                "location": event.location or "",
                "case": event.res_id if event.res_model == "sozial.case" else False,
            }
            for event in events
        ]
        case_ids = [row["case"] for row in rows if row["case"]]
        cases = {case.id: case for case in self.env["sozial.case"].search([("id", "in", case_ids)])}
        for row in rows:
            case = cases.get(row["case"])
            row["case_name"], row["client"] = (case.name, case.client_id.name or "") if case else ("", "")
        return {"count": len(rows), "rows": rows}

    @api.model
    def _activities(self):
        today = fields.Date.context_today(self)
        domain = [
            ("user_id", "=", self.env.uid),
            ("res_model", "!=", False),
            ("calendar_event_id", "=", False),  # stands among the appointments
            ("date_deadline", "<=", fields.Date.to_string(today + timedelta(days=7))),
        ]
        activities = self.env["mail.activity"]
        rows = [
            {
                "id": activity.id,
                "name": activity.summary or activity.activity_type_id.name or "",
                "due": fields.Date.to_string(activity.date_deadline),
                "overdue": activity.date_deadline < today,
                "today": activity.date_deadline == today,
                "record": activity.res_name or "",
                "res_model": activity.res_model,
                "res_id": activity.res_id,
            }
            for activity in activities.search(domain, order="date_deadline, id", limit=ROWS)
        ]
        self._add_clients(rows)
        return {"count": activities.search_count(domain), "rows": rows}

    @api.model
    def _open_until(self, model, days, whose, more):
        """Section of what is open in the cases and due within some days, the earliest first.

        :param model: name of a model with ``case_id``, ``client_id``, ``name``, ``state`` and ``due``
        :param days: how far to look ahead
        :param whose: domain of what concerns the user
        :param more: function that gives what else the row of a record shows, as a dict
        """
        today = fields.Date.context_today(self)
        until = fields.Date.to_string(today + timedelta(days=days))
        domain = [("state", "=", "open"), ("due", "<=", until), *whose]
        records = self.env[model]
        rows = [
            {
                "id": one.id,
                "case_id": one.case_id.id,
                "case_name": one.case_id.name,
                "client": one.client_id.name or "",
                "name": one.name,
                "due": fields.Date.to_string(one.due),
                "overdue": one.due < today,
                "today": one.due == today,
                **more(one),
            }
            for one in records.search(domain, order="due, id", limit=ROWS)
        ]
        return {"count": records.search_count(domain), "rows": rows, "domain": domain}

    @api.model
    def _add_clients(self, rows):
        """Say whose case a task is about, on the rows of cases the user may read."""
        case_ids = [row["res_id"] for row in rows if row["res_model"] == "sozial.case"]
        cases = self.env["sozial.case"].search([("id", "in", case_ids)])
        clients = {case.id: case.client_id.name or "" for case in cases}
        for row in rows:
            row["client"] = clients.get(row["res_id"], "") if row["res_model"] == "sozial.case" else ""

    @api.model
    def _handovers(self):
        handovers = self.env["sozial.handover"]
        domain = [("state", "=", "new")]
        rows = [
            {
                "id": handover.id,
                "topic": handover.topic_id.name,
                "who": handover.partner_id.name or handover.contact_name or handover.tenancy_id.display_name,
                "quarter": handover.quarter_id.name or "",
                "urgency": handover.urgency,
                "callback": handover.source == "callback",
                "since": fields.Date.to_string(handover.handed_on),
            }
            for handover in handovers.search(domain, limit=ROWS)
        ]
        return {"count": handovers.search_count(domain), "rows": rows}

    @api.model
    def _cases(self, domain, order):
        cases = self.env["sozial.case"]
        rows = [
            {
                "id": case.id,
                "name": case.name,
                "client": case.client_id.name or "",
                "type": case.type_id.name,
                "review": fields.Date.to_string(case.next_review) if case.next_review else "",
                "last_contact": fields.Datetime.to_string(case.last_contact_at) if case.last_contact_at else "",
            }
            for case in cases.search(domain, order=order, limit=ROWS)
        ]
        return {"count": cases.search_count(domain), "rows": rows, "domain": list(domain)}

    @api.model
    def _consents(self):
        """Consents that expire within 30 days and are not renewed yet."""
        consents = self.env["sozial.consent"]
        domain = consents._expiring_domain()
        rows = [
            {
                "id": consent.id,
                "subject": consent.subject_id.name,
                "kind": dict(consents._fields["kind"]._description_selection(self.env))[consent.kind],
                "until": fields.Date.to_string(consent.valid_until),
                "case_name": consent.case_id.name,
            }
            for consent in consents.search(domain, order="valid_until, id", limit=ROWS)
        ]
        return {"count": consents.search_count(domain), "rows": rows, "domain": list(domain)}

    @api.model
    def _own_active(self):
        return Domain("worker_id", "=", self.env.uid) & Domain("is_active", "=", True)

    @api.model
    def _review_domain(self):
        return self._own_active() & Domain("next_review", "<=", fields.Date.context_today(self).isoformat())

    @api.model
    def _stale_domain(self):
        """Active cases without a contact for as long as the company says; a new case counts from its opening."""
        limit = fields.Date.context_today(self) - timedelta(days=self.env.company.sozial_stale_days)
        return self._own_active() & (
            Domain("last_contact_at", "<", limit.isoformat())
            | (Domain("last_contact_at", "=", False) & Domain("opened_on", "<", limit.isoformat()))
        )
