from psycopg2 import IntegrityError

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import single_email_re

from odoo.addons.sozial_management.controllers.catalogue import SozialPage

PAGE = "/sozial/aktivitaet/<string:slug>"
LIMITS = {"name": 100, "email": 120, "phone": 40, "parent_name": 100}
HONEYPOT = "website_url"
MOST_SESSIONS = 12


class SozialActivityPage(SozialPage):
    """One activity for everybody: what, when, where; and the form to register. Reading changes nothing."""

    @http.route(PAGE, type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False, readonly=True)
    def activity_page(self, slug, **_params):
        activity = self._public_activity(slug)
        return self._render_activity("sozial_management_room.activity_page", activity, sessions=self._shown_sessions(activity))

    @http.route(f"{PAGE}/anmelden", type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False)
    def activity_form(self, slug, termin=None, **_params):
        activity = self._public_activity(slug)
        self._require_registration(activity)
        return self._render_activity_registration(activity, self._own_values() | {"session": termin or ""}, {})

    @http.route(f"{PAGE}/anmelden", type="http", auth="public", methods=["POST"], website=True, multilang=False, sitemap=False)
    def activity_register(self, slug, **post):
        activity = self._public_activity(slug)
        self._require_registration(activity)
        done = f"{activity._public_path()}/danke"
        if post.get(HONEYPOT):
            return request.redirect(done)  # a script has filled in what people do not see
        values = {name: " ".join((post.get(name) or "").split()) for name in (*LIMITS, "session", "slot", "minor", "parent_consent")}
        values |= {name: value for name, value in self._own_values().items() if name == "email"}
        errors = self._form_errors(activity, values)
        if not errors and not self._own_values() and not request.env["sozial.callback.attempt"]._may_send(request.httprequest.remote_addr):
            errors["form"] = request.env._(
                "There were several requests from your connection within an hour. Please try again later or phone us."
            )
        if not errors:
            try:
                with request.env.cr.savepoint():
                    one = activity._register_publicly(values, self._portal_partner())
            except (UserError, IntegrityError) as error:
                errors["form"] = error.args[0] if isinstance(error, UserError) else request.env._("Please check your input.")
        if errors:
            return self._render_activity_registration(activity, values, errors)
        if self._own_values():  # no mail has to be confirmed, and a second click finds the first one there
            return request.redirect(f"/my/registrations?new={one.id}" if one else "/my/registrations")
        return request.redirect(done)

    @http.route(f"{PAGE}/danke", type="http", auth="public", methods=["GET"], website=True, multilang=False, sitemap=False, readonly=True)
    def activity_thanks(self, slug, **_params):
        return self._render_activity("sozial_management_room.activity_thanks", self._public_activity(slug))

    def _public_activity(self, slug):
        """The activity behind an address, in the visitor's language.

        :raise NotFound: the same for unknown, unpublished and ended ones
        """
        _name, activity_id = request.env["ir.http"]._unslug(slug)
        activity = request.env["sozial.activity"]._public(activity_id or 0)
        if not activity:
            raise request.not_found()
        self._set_lang(activity.company_id)
        return activity.with_context(request.env.context)

    def _require_registration(self, activity):
        if not activity._takes_registrations():
            raise request.not_found()

    def _portal_partner(self):
        """Whoever is logged in has a mail address that is known; nobody of the staff registers here."""
        user = request.env.user
        return user.partner_id if user._is_portal() and user.partner_id.email else request.env["res.partner"]

    def _own_values(self):
        partner = self._portal_partner()
        return {"name": partner.name or "", "email": partner.email, "phone": partner.phone or ""} if partner else {}

    def _shown_sessions(self, activity):
        """Coming sessions with their free seats, cancelled ones marked."""
        sessions = activity.env["sozial.activity.session"].sudo().search(
            [
                ("activity_id", "=", activity.id),
                ("stop", ">", fields.Datetime.now()),
                ("state", "in", ("planned", "suspended", "cancelled")),
            ],
            order="start, id",
            limit=MOST_SESSIONS,
        )
        taken = sessions._taken_seats()
        return [
            {
                "id": session.id,
                "day": session._day_text(),
                "time": "{:%H:%M} – {:%H:%M}".format(*session._local_slot()),
                "place": session._place_text(),
                "gone": session.state != "planned",
                "reason": session.cancel_reason or "",
                "free": session._seat_count() - len(taken.get(session.id, ())),
                "slots": [
                    (str(number), f"{start:%H:%M} – {stop:%H:%M}")
                    for number, (start, stop) in session._free_slots(taken.get(session.id, ())).items()
                ]
                if activity.kind == "consultation"
                else [],
            }
            for session in sessions
        ]

    def _form_errors(self, activity, values):
        """What is wrong with the input: ``{field: sentence}``; empty when nothing is."""
        _ = request.env._
        labels = {"name": _("Name"), "email": _("E-mail"), "phone": _("Phone"), "parent_name": _("Mother, father or guardian")}
        errors = {
            name: _("“%(field)s”: at most %(limit)s characters, please.", field=labels[name], limit=limit)
            for name, limit in LIMITS.items()
            if len(values[name]) > limit
        }
        for name in ("name", "email"):
            if not values[name]:
                errors[name] = _("“%s”: please fill in.", labels[name])
        if values["email"] and not single_email_re.fullmatch(values["email"]):
            errors.setdefault("email", _("“E-mail”: this is no e-mail address. Example: name@example.org"))
        if values["minor"] and not values["parent_name"]:
            errors["parent_name"] = _("“%s”: please fill in.", labels["parent_name"])
        if values["minor"] and not values["parent_consent"]:
            errors["parent_consent"] = _("Under 18: we need the consent of a parent.")
        if activity.registration == "session" and not activity._session_to_register(values["session"]):
            errors["session"] = _("“Date”: please choose one that is still to come.")
        return errors

    def _render_activity_registration(self, activity, values, errors):
        sessions = [one for one in self._shown_sessions(activity) if not one["gone"]] if activity.registration == "session" else []
        return self._render_activity(
            "sozial_management_room.activity_form", activity, sessions=sessions, values=values, errors=errors, limits=LIMITS,
            known=bool(self._portal_partner()), full=not sessions and not activity._course_has_seats(), status=422 if errors else 200,
        )  # fmt: skip

    def _render_activity(self, template, activity, **values):
        return self._render(
            template, activity.company_id, "/sozial/angebote", activity=activity, path=activity._public_path(),
            open=activity._takes_registrations(), **values,
        )  # fmt: skip
