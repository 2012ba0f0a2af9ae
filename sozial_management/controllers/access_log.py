"""Routes that hand out files and papers of a case write to the access log, so they need a cursor that can."""

from odoo import SUPERUSER_ID, http
from odoo.http import request
from odoo.tools.func import filter_kwargs

from odoo.addons.web.controllers.binary import Binary
from odoo.addons.web.controllers.home import Home
from odoo.addons.web.controllers.report import ReportController


def _file_may_be_read_only(_controller, _rule, args):
    """Whether the file is none of a case. Asked only where there is a replica to save."""
    if not request.env.cr.readonly:
        return True
    args = {**request.httprequest.args, **args}
    model, res_id = args.get("model", "ir.attachment"), str(args.get("id") or "")
    log = request.env["sozial.access.log"]
    if model == "ir.attachment" and res_id.isdigit():
        model = request.env["ir.attachment"].sudo().browse(int(res_id)).exists().res_model
    return not log._is_logged_model(model)


def _paper_may_be_read_only(_controller, _rule, args):
    """Whether a report is none of a case."""
    report = request.env["ir.actions.report"].sudo()._get_report_from_name(args["reportname"])
    return not request.env["sozial.access.log"]._is_logged_model(report.model)


def _never(_controller, _rule, _args):
    return False


class LoggedFiles(Binary):
    @http.route(readonly=_file_may_be_read_only)
    def content_common(self, **kwargs):
        return super().content_common(**filter_kwargs(super().content_common, kwargs))

    @http.route(readonly=_file_may_be_read_only)
    def content_image(self, **kwargs):
        return super().content_image(**filter_kwargs(super().content_image, kwargs))


class LoggedReports(ReportController):
    @http.route(readonly=_paper_may_be_read_only)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        return super().report_routes(reportname, docids=docids, converter=converter, **data)


class LoggedSystemUser(Home):
    @http.route(readonly=_never)
    def switch_to_admin(self):
        """An administrator who goes on as the system user, for whom no rule holds, is on record."""
        user = request.env.user
        response = super().switch_to_admin()
        if request.session.uid == SUPERUSER_ID and user.id != SUPERUSER_ID:
            request.env["sozial.access.log"].with_user(user)._log_change("superuser", target=user)
        return response
