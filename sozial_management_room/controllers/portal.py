from datetime import date, datetime, time, timedelta

from psycopg2 import IntegrityError

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

PAGE = 20
STRIP_DAYS = 7
MOST_WEEKS = 12
FARTHEST = timedelta(days=800)
TIMES = ("start", "stop")


class RoomPortal(CustomerPortal):
    """Rooms for partner organisations and tenants: what is free, asking for it, one's own bookings."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "sozial_booking_count" in counters:
            bookings = request.env["sozial.room.booking"]
            values["sozial_booking_count"] = bookings.search_count([]) if bookings.has_access("read") else 0
        if "sozial_room_count" in counters:
            rooms = request.env["sozial.room"]
            values["sozial_room_count"] = rooms.search_count([]) if rooms.has_access("read") else 0
        return values

    # ------------------------------------------------------------------ rooms

    @http.route("/my/rooms", type="http", auth="user", website=True, readonly=True)
    def portal_rooms(self, **query):
        """Rooms that suit, with what is free on a day."""
        asked = self._asked(query)
        domain = [("capacity", ">=", asked["persons"])]
        if asked["step_free"]:
            domain.append(("step_free", "=", True))
        rooms = request.env["sozial.room"].search(domain, order="centre_id, sequence, name", limit=200)
        return request.render(
            "sozial_management_room.portal_rooms",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_rooms",
                "asked": asked,
                "offers": rooms._portal_offers(asked["day"], asked["start"], asked["stop"], asked["weeks"]),
            },
        )

    @http.route("/my/rooms/<int:room_id>", type="http", auth="user", website=True, readonly=True)
    def portal_room(self, room_id, **query):
        """One room: what is free on a day, and the form to book it."""
        room = self._readable("sozial.room", room_id)
        if not room:
            return request.redirect("/my/rooms")
        return self._render_room(room, self._asked(query), query)

    @http.route("/my/rooms/<int:room_id>/book", type="http", auth="user", website=True, methods=["POST"])
    def portal_book(self, room_id, **form):
        """Book or request the room; what does not work out is said above the filled-in form."""
        room = self._readable("sozial.room", room_id)
        if not room:
            return request.redirect("/my/rooms")
        asked = self._asked(form)
        try:
            with request.env.cr.savepoint():
                booking = room._portal_book(self._values(room, asked, form))
        except IntegrityError as error:
            problem = request.env["sozial.room.occupancy"]._sql_error_to_message(error)
            return self._render_room(room, asked, form, problem, taken=True)
        except (UserError, AccessError) as error:
            return self._render_room(room, asked, form, error.args[0])
        return request.redirect(f"/my/bookings/{booking.id}?new=1")

    @http.route("/my/rooms/<int:room_id>/wait", type="http", auth="user", website=True, methods=["POST"])
    def portal_wait(self, room_id, **form):
        """Wait for a slot that somebody else has; what does not work out is said above the filled-in form."""
        room = self._readable("sozial.room", room_id)
        if not room:
            return request.redirect("/my/rooms")
        asked = self._asked(form)
        try:
            with request.env.cr.savepoint():
                room._portal_wait(self._values(room, asked, form))
        except (UserError, AccessError) as error:
            return self._render_room(room, asked, form, error.args[0])
        return request.redirect("/my/bookings?waiting=1")

    def _render_room(self, room, asked, form, problem=None, taken=False):
        first = asked["day"] - timedelta(days=asked["day"].weekday())
        strip = [first + timedelta(days=n) for n in range(STRIP_DAYS)]
        return request.render(
            "sozial_management_room.portal_room",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_rooms",
                "room": room,
                "asked": asked,
                "form": form,
                "problem": problem,
                "taken": taken,
                "free": room._free_times(strip),
                "strip": strip,
                "mode": room._portal_mode(),
                "today": fields.Date.context_today(room),
            },
        )

    def _asked(self, query):
        """Day, times and wishes out of a query or a form; what cannot be read falls back, and is said in `problems`."""
        today = fields.Date.context_today(request.env.user)
        problems = []

        def read(name, parse, default):
            try:
                return parse(query[name]) if query.get(name) else default
            except ValueError:
                problems.append(name)
                return default

        day = read("day", date.fromisoformat, today)
        if not today <= day <= today + FARTHEST:
            day = today
        start, stop = (read(name, time.fromisoformat, None) for name in TIMES)
        persons = read("persons", int, 0)
        return {
            "day": day,
            "start": start,
            "stop": stop,
            "persons": max(0, min(persons, 10000)),
            "weeks": max(1, min(read("weeks", int, 1), MOST_WEEKS)),
            "step_free": bool(query.get("step_free")),
            "problems": problems,
        }

    def _values(self, room, asked, form):
        """The values of a booking out of the form.

        :raise UserError: names the field that is missing or wrong
        """
        if "day" in asked["problems"] or not form.get("day"):
            raise UserError(request.env._("Day: please enter a date."))
        if asked["start"] is None or asked["stop"] is None:
            raise UserError(request.env._("From, until: please enter both times, for example 18:00 and 20:00."))
        if "persons" in asked["problems"]:
            raise UserError(request.env._("Persons: please enter a number."))
        purpose = (form.get("name") or "").strip()[:120]
        if not purpose:
            raise UserError(request.env._("What for: please say in a few words what you need the room for."))
        start, stop = (datetime.combine(asked["day"], asked[name]) for name in TIMES)
        if stop <= start:
            stop += timedelta(days=1)  # across midnight
        return {
            "name": purpose,
            "persons": asked["persons"],
            "start": start,
            "stop": stop,
            "terms_accepted": bool(form.get("terms_accepted")),
        }

    # --------------------------------------------------------------- bookings

    @http.route(["/my/bookings", "/my/bookings/page/<int:page>"], type="http", auth="user", website=True, readonly=True)
    def portal_bookings(self, page=1, filterby="coming", waiting=None, problem=None, **_query):
        """One's own bookings, and those of one's organisation."""
        now = fields.Datetime.now()
        filters = {
            "coming": {"label": request.env._("Coming"), "domain": Domain("stop", ">=", now)},
            "past": {"label": request.env._("Past"), "domain": Domain("stop", "<", now)},
        }
        filterby = filterby if filterby in filters else "coming"
        bookings = request.env["sozial.room.booking"]
        domain = filters[filterby]["domain"]
        pages = pager("/my/bookings", bookings.search_count(domain), page, PAGE, url_args={"filterby": filterby})
        order = "start, id" if filterby == "coming" else "start desc, id desc"
        return request.render(
            "sozial_management_room.portal_bookings",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_bookings",
                "bookings": bookings.search(domain, order=order, limit=PAGE, offset=pages["offset"]),
                "pager": pages,
                "default_url": "/my/bookings",
                "searchbar_filters": filters,
                "filterby": filterby,
                "wishes": self._wishes() if filterby == "coming" and page == 1 else (),
                "new_wish": waiting,
                "problem": problem if request.httprequest.method == "POST" else None,  # never out of an address
            },
        )

    def _wishes(self):
        """One's own places on the waiting list that are still open."""
        wishes = request.env["sozial.room.waiting"]
        coming = [("kind", "=", "slot"), ("state", "in", ("waiting", "offered")), ("start", ">", fields.Datetime.now())]
        return wishes.search(coming, order="start, id", limit=50) if wishes.has_access("read") else wishes

    @http.route("/my/waiting/<int:wish_id>/<string:step>", type="http", auth="user", website=True, methods=["POST"])
    def portal_wish(self, wish_id, step, **_form):
        """Take an offered slot, leave it, or leave the waiting list."""
        wish = self._readable("sozial.room.waiting", wish_id)
        problem = None
        if wish and step in ("take", "leave", "withdraw"):
            try:
                if step == "withdraw":
                    wish._portal_withdraw()
                else:
                    wish._portal_answer(step == "take")
                    if step == "take":
                        return request.redirect(f"/my/bookings/{wish.sudo().booking_id.id}?new=1")
            except UserError as error:
                problem = error.args[0]
        return self.portal_bookings(problem=problem) if problem else request.redirect("/my/bookings")

    @http.route("/my/bookings/<int:booking_id>", type="http", auth="user", website=True, readonly=True)
    def portal_booking(self, booking_id, new=None, problem=None, **_query):
        """One booking of one's own."""
        booking = self._readable("sozial.room.booking", booking_id)
        if not booking:
            return request.redirect("/my/bookings")
        return self._render_booking(booking, new=new)

    @http.route("/my/bookings/<int:booking_id>/cancel", type="http", auth="user", website=True, methods=["POST"])
    def portal_cancel(self, booking_id, **_form):
        """Give a slot back."""
        booking = self._readable("sozial.room.booking", booking_id)
        if not booking:
            return request.redirect("/my/bookings")
        try:
            booking._portal_cancel()
        except UserError as error:
            return self._render_booking(booking, problem=error.args[0])
        return request.redirect(f"/my/bookings/{booking.id}")

    def _render_booking(self, booking, new=None, problem=None):
        return request.render(
            "sozial_management_room.portal_booking",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "sozial_bookings",
                "booking": booking,
                "new": new,
                "problem": problem,
            },
        )

    def _readable(self, model, record_id):
        """The record if the current user may read it; else nothing: what is not there and what is
        not theirs look alike."""
        record = request.env[model].browse(record_id)
        try:
            record.check_access("read")
            return record.exists()
        except (AccessError, MissingError):
            return record.browse()
