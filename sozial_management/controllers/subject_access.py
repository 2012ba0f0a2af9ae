import json

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request


class SubjectAccess(http.Controller):
    """Letters about people's own data in machine-readable form (Art. 20 GDPR). Nothing is stored on the way."""

    @http.route("/sozial/subject-request/<int:request_id>.json", type="http", auth="user", methods=["GET"], readonly=True)
    def subject_request(self, request_id):
        """The company's letter. For data protection."""
        return self._json(lambda: self._readable("sozial.subject.request", request_id)._answer())

    # not on a replica: handing out leaves a row in the log
    @http.route("/sozial/subject-part/<int:part_id>.json", type="http", auth="user", methods=["GET"], readonly=False)
    def subject_part(self, part_id):
        """The social department's letter from one case. For those who may read the case."""

        def answer():
            part = self._readable("sozial.subject.part", part_id)
            part._log_handing_out("export")
            return part._answer()

        return self._json(answer)

    def _readable(self, model, record_id):
        record = request.env[model].browse(record_id)
        record.check_access("read")
        return record

    def _json(self, answer):
        """The answer as a file. Who may not read it and who guesses an id get the same reply."""
        try:
            tree = answer()
        except (AccessError, MissingError):
            raise request.not_found() from None
        body = json.dumps(tree, ensure_ascii=False, indent=2)
        return request.make_response(
            body,
            headers=[
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", content_disposition("selbstauskunft.json")),
                ("Cache-Control", "no-store"),
            ],
        )
