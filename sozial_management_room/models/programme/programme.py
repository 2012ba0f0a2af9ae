from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

# how many dates a page, a print or a feed shows at most
MOST_LINES = 2000
SHOWN = ("planned", "suspended", "cancelled")


class SozialProgramme(models.AbstractModel):
    """The programme of the centres: the one source of page, prints, feeds and doors.

    Visitors have no right on any model. What leaves this class was found by :meth:`_published`, and
    every value of it stands in :meth:`_line`: neither who takes part nor who leads.
    """

    _name = "sozial.programme"
    _description = "Public programme"

    @api.model
    def _published(self, company):
        """Domain of the sessions that everybody may see."""
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", SHOWN)
            & Domain("activity_id", "any", list(self._published_activity()))
        )

    @api.model
    def _published_activity(self):
        return Domain("published", "=", True) & Domain("state", "in", ("running", "paused")) & Domain("active", "=", True)

    @api.model
    def _publishes(self, company):
        activities = self.env["sozial.activity"].sudo()
        return bool(activities.search_count(Domain("company_id", "=", company.id) & self._published_activity(), limit=1))

    @api.model
    def _activities(self, company):
        """Published activities, superuser records, for the choices of the filters."""
        return self.env["sozial.activity"].sudo().search(
            Domain("company_id", "=", company.id) & self._published_activity(), limit=MOST_LINES
        )

    @api.model
    def _lines(self, company, date_from, date_until, domain=Domain.TRUE, limit=MOST_LINES):
        """What takes place, or was to take place, from one local day to another.

        :param date_until: the last day
        :return: list of lines, see :meth:`_line`, in order
        """
        # a day of grace on both sides: the days are those of the centres' clocks, which differ from UTC
        span = (
            Domain("start", ">=", datetime.combine(date_from, time.min) - timedelta(days=1))
            & Domain("start", "<", datetime.combine(date_until, time.min) + timedelta(days=2))
        )
        sessions = self.env["sozial.activity.session"].sudo().search(
            self._published(company) & span & Domain(domain), order="start, id", limit=limit
        )
        labels = self._labels()
        shared = {}
        lines = (self._line(session, labels, shared) for session in sessions)
        return [line for line in lines if date_from <= line["day"] <= date_until]

    @api.model
    def _labels(self):
        return {
            "kind": dict(self.env["sozial.activity"]._fields["kind"]._description_selection(self.env)),
            "cancelled": self.env._("does not take place"),
            "suspended": self.env._("does not take place for now"),
        }

    @api.model
    def _line(self, session, labels, shared):
        """One date as everybody may read it.

        :param shared: what the dates of an activity have in common, filled on the way
        """
        activity = session.activity_id
        if activity not in shared:
            shared[activity] = self._activity_values(activity, labels)
        begin, end = session._local_slot()
        return {
            **shared[activity],
            "id": session.id,
            "start": begin,
            "stop": end,
            "day": begin.date(),
            "time": f"{begin:%H:%M}–{end:%H:%M}",
            "room": session.room_id.name or session.place or "",
            "partners": session.partner_ids.mapped("name"),
            "state": session.state,
            "status": labels.get(session.state, ""),
            "reason": session.cancel_reason or "" if session.state == "cancelled" else "",
        }

    @api.model
    def _activity_values(self, activity, labels):
        centre = activity.centre_id
        return {
            "activity_id": activity.id,
            "path": activity._public_path(),
            "name": activity.name,
            "kind": activity.kind,
            "kind_label": labels["kind"][activity.kind],
            "summary": activity.summary or "",
            "plain_text": activity.plain_text or "",
            "centre_id": centre.id,
            "centre": centre.name,
            "address": centre.partner_id.contact_address_inline or "",
            "target_groups": activity.target_group_ids.mapped("name"),
            "languages": activity.language_ids.mapped("name"),
            "cost": self._cost(activity),
            "step_free": activity.step_free,
            "accessibility": activity.accessibility or "",
        }

    @api.model
    def _cost(self, activity):
        price = formatLang(self.env, activity.cost, currency_obj=activity.currency_id) if activity.cost else self.env._("free of charge")
        return " · ".join(filter(None, (price, activity.cost_note)))

    @api.model
    def _public_centres(self, company):
        """Centres that the public programme knows anyway: those with a published activity."""
        public = Domain("company_id", "=", company.id) & self._published_activity()
        centres = [centre for [centre] in self.env["sozial.activity"].sudo()._read_group(public, ["centre_id"])]
        return self.env["sozial.centre"].union(*centres) if centres else self.env["sozial.centre"]

    @api.model
    def _closures(self, company, date_from, date_until, centres=None):
        """Closures in force in these days: where, and from when to when. Not why: that may name somebody."""
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "active")
            & Domain("start", "<", datetime.combine(date_until, time.min) + timedelta(days=1))
            & (Domain("stop", "=", False) | Domain("stop", ">", datetime.combine(date_from, time.min)))
        )
        if centres:
            domain &= Domain("centre_id", "in", centres)
        domain &= Domain("centre_id.active", "=", True) & Domain("centre_id", "in", self._public_centres(company).ids)
        closures = self.env["sozial.room.closure"].sudo().search(domain, order="start, id", limit=50)
        return [{"centre": one.centre_id.name, "scope": one.scope, "period": one._period_words()} for one in closures]

    @api.model
    def _by_day(self, lines):
        """Lines as ``[(title of the day, day, lines)]``."""
        days = {}
        for line in lines:
            days.setdefault(line["day"], []).append(line)
        return [(self._day_title(day), day, found) for day, found in sorted(days.items())]

    @api.model
    def _day_title(self, day):
        return format_date(self.env, day, date_format="EEEE, d. MMMM" if (self.env.lang or "").startswith("de") else "EEEE, d MMMM")
