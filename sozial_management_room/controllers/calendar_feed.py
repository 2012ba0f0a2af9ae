from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

BASE = "/sozial/kalender"


class SozialCalendarFeed(http.Controller):
    """Calendars of centres and rooms for everybody. Reads what is published and changes nothing."""

    @http.route(
        f"{BASE}/zentrum/<string:slug>.ics", type="http", auth="public", methods=["GET"], readonly=True, save_session=False
    )
    def centre(self, slug):
        feed = request.env["sozial.room.feed"]
        centre = feed._centre(self._id(slug))
        if not centre:
            raise NotFound()
        return self._calendar(feed._text(centre.name, centre, [("centre_id", "=", centre.id)]))

    @http.route(
        f"{BASE}/raum/<string:slug>.ics", type="http", auth="public", methods=["GET"], readonly=True, save_session=False
    )
    def room(self, slug):
        feed = request.env["sozial.room.feed"]
        room = feed._room(self._id(slug))
        if not room:
            raise NotFound()
        centre = room.centre_id
        return self._calendar(feed._text(f"{room.name}, {centre.name}", centre, [("room_id", "=", room.id)]))

    def _id(self, slug):
        """The number in an address such as ``treff-nord-12``."""
        return request.env["ir.http"]._unslug(slug)[1] or 0

    def _calendar(self, text):
        return request.make_response(
            text.encode(),
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'inline; filename="kalender.ics"'),
                ("Cache-Control", "public, max-age=900"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
