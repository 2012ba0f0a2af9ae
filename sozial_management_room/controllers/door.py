from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class SozialDoor(http.Controller):
    """The sign at the door of a room, for a screen without a login. Changes nothing."""

    @http.route(
        "/sozial/tuer/<int:room_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
        sitemap=False,
    )
    def sign(self, room_id, token):
        """What is on now and next.

        :raise NotFound: the same for unknown rooms and wrong tokens: nothing to learn by trying
        """
        room = request.env["sozial.room"]._by_door_token(room_id, token)
        if not room:
            raise NotFound()
        # the passers-by have no language of their own here: it is the company's
        request.update_context(lang=room.company_id.partner_id.lang or request.env.lang)
        room = room.with_env(request.env(su=True))
        return request.render(
            "sozial_management_room.page_door",
            {"room": room, "sign": room._door_sign(), "lang": request.env.lang.replace("_", "-")},
            headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"},
        )
