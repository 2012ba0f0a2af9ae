from odoo import http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import single_email_re

from .public_call import ONE, SozialCalls

# name: most characters
LIMITS = {"organisation": 120, "person": 100, "email": 120, "phone": 40}
HONEYPOT = "website_url"


class CallRegistration(SozialCalls):
    """An organisation without an account registers itself for a call; its papers are compared later.

    The visitor learns nothing from the answer but that a mail is on its way: neither whether the
    address is known, nor who else takes part.
    """

    @http.route(
        f"{ONE}/anmelden", type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False, readonly=True,
    )
    def registration(self, token, **_params):
        return self._render_registration(self._call(token), {}, {})

    @http.route(f"{ONE}/anmelden", type="http", auth="public", methods=["POST"], website=True, multilang=False, sitemap=False)
    def register(self, token, **post):
        call = self._call(token)
        done = f"{call._public_path()}/anmelden/danke"
        if post.get(HONEYPOT):
            return request.redirect(done)  # a script has filled in what people do not see
        values = {name: " ".join((post.get(name) or "").split()) for name in (*LIMITS, "legal_form")}
        errors = self._registration_errors(call, values)
        if not errors and not request.env["sozial.callback.attempt"]._may_send(request.httprequest.remote_addr):
            errors["form"] = request.env._(
                "There were several requests from your connection within an hour. Please try again later or phone us."
            )
        if not errors:
            try:
                call._register_organisation(values)
            except UserError as error:
                errors["form"] = error.args[0]
        if errors:
            return self._render_registration(call, values, errors)
        return request.redirect(done)

    @http.route(
        f"{ONE}/anmelden/danke", type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False, readonly=True,
    )
    def registered(self, token, **_params):
        call = self._call(token)
        return self._render(
            "sozial_management_partner.registration_thanks", call.company_id, "/sozial/aufrufe", path=call._public_path(), name=call.name
        )

    def _registration_errors(self, call, values):
        """What is wrong with the input: ``{field: sentence}``; empty when nothing is."""
        _ = request.env._
        labels = {"organisation": _("Organisation"), "person": _("Your name"), "email": _("E-mail"), "phone": _("Phone")}
        errors = {
            name: _("“%(field)s”: at most %(limit)s characters, please.", field=labels[name], limit=limit)
            for name, limit in LIMITS.items() if len(values[name]) > limit
        }
        for name in ("organisation", "person", "email"):
            if not values[name]:
                errors[name] = _("“%s”: please fill in.", labels[name])
        if values["email"] and not single_email_re.match(values["email"]):
            errors.setdefault("email", _("“E-mail”: this is no e-mail address. Example: name@example.org"))
        if values["legal_form"] not in dict(request.env["res.partner"]._fields["legal_form"].selection):
            errors["legal_form"] = _("“Legal form”: please choose one.")
        if call.phase not in ("questions", "submission"):
            errors["form"] = _("The deadline is over. Registration for this call is no longer possible.")
        return errors

    def _render_registration(self, call, values, errors):
        forms = request.env["res.partner"]._fields["legal_form"]._description_selection(request.env)
        return self._render(
            "sozial_management_partner.registration_form", call.company_id, "/sozial/aufrufe",
            path=call._public_path(), name=call.name, values=values, errors=errors, limits=LIMITS, legal_forms=forms,
            status=422 if errors else 200,
        )
