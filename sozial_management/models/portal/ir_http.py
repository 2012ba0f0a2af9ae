from werkzeug.exceptions import NotFound

from odoo import models
from odoo.http import Response, request

NUL = "\x00"
LARGEST = 2**31 - 1


class IrHttp(models.AbstractModel):
    """What a visitor sends to our pages is something that PostgreSQL can compare, or there is no such page.

    A character NUL or a number beyond the largest id would end in an error of the server. In forms NUL is left out.
    """

    _inherit = "ir.http"

    @classmethod
    def _dispatch(cls, endpoint):
        module = getattr(getattr(endpoint, "original_endpoint", None), "__module__", "")
        if module.startswith("odoo.addons.sozial_"):
            if NUL in request.httprequest.path:
                return _no_such_page()
            if any(isinstance(one, int) and abs(one) > LARGEST for one in request.params.values()):
                raise NotFound
            request.params = {name: one.replace(NUL, "") if isinstance(one, str) else one for name, one in request.params.items()}
        return super()._dispatch(endpoint)

    @classmethod
    def _serve_fallback(cls):
        """An address below ours that fits no route ends here; Odoo would look for it in the database."""
        return _no_such_page() if NUL in request.httprequest.path else super()._serve_fallback()


def _no_such_page():
    """Not as an exception: Odoo would look for a page or a file of that address in the database."""
    return Response("Not Found", status=404, content_type="text/plain")
