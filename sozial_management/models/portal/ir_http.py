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
                # not as an exception: Odoo would look for a page or a file of that address in the database
                return Response("Not Found", status=404, content_type="text/plain")
            if any(isinstance(one, int) and one > LARGEST for one in request.params.values()):
                raise NotFound
            request.params = {name: one.replace(NUL, "") if isinstance(one, str) else one for name, one in request.params.items()}
        return super()._dispatch(endpoint)
