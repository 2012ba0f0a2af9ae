from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sozial_management.models.figure.release import PUBLISH_AFTER

from .fact import GAPS

MOST = 500
PROCUREMENT, LEAD, WORKER = (
    "sozial_management_partner.group_sozial_procurement", "sozial_management.group_sozial_lead", "sozial_management.group_sozial_worker",
)  # fmt: skip
HIDDEN = "•"


class SozialNetwork(models.AbstractModel):
    """Who offers what where, what is missing, and where referrals were declined or not answered.

    Organisations and offers are read with the user's own rights. Figures of referrals come from the
    published tables only, so that small ones are hidden from everybody, with and without cases.
    """

    _name = "sozial.network"
    _description = "Network of partners"

    @api.model
    def get_matrix(self):
        """Fields of work × quarters of the current company.

        :return: `quarters`, and `rows` with a cell for each quarter: its organisations and its published offers
        :raise AccessError: for whoever neither runs calls nor works with cases
        """
        self._require_group(PROCUREMENT, LEAD, WORKER)
        company = self.env.company
        quarters = self.env["sozial.quarter"].search([("company_id", "=", company.id)], limit=MOST)
        topics = self.env["sozial.topic"].search([], limit=MOST)
        organisations = self.env["res.partner"].search(
            [("is_organisation", "=", True), ("work_field_ids", "!=", False), ("company_id", "in", (False, company.id))], limit=10 * MOST
        )
        offers = self.env["sozial.offer"].search([("is_published", "=", True), ("company_id", "=", company.id)], limit=10 * MOST)
        organised = self._spread(organisations, "work_field_ids", "work_quarter_ids", quarters)
        offered = self._spread(offers, "topic_ids", "quarter_ids", quarters)
        return {
            "quarters": [{"id": one.id, "name": one.name, "code": one.code or one.name[:2].upper()} for one in quarters],
            "rows": [
                {
                    "id": topic.id, "name": topic.name,
                    "cells": [
                        {"organisations": organised.get((topic, one), []), "offers": offered.get((topic, one), [])} for one in quarters
                    ],
                }
                for topic in topics
            ],
        }  # fmt: skip

    @api.model
    def _spread(self, records, topics, places, quarters):
        """Records by topic and quarter; without a quarter they are everywhere."""
        found = {}
        for record in records:
            for topic in record[topics]:
                for quarter in record[places] or quarters:
                    found.setdefault((topic, quarter), []).append({"id": record.id, "name": record.name})
        return found

    @api.model
    def get_periods(self):
        """Calendar quarters and years whose figures can be published, the newest first."""
        self._require_group(PROCUREMENT, LEAD)
        found, day = [], fields.Date.context_today(self) - PUBLISH_AFTER
        for back in range(8):
            start = fields.Date.subtract(fields.Date.start_of(day, "quarter"), months=3 * (back + 1))
            found.append({"year": start.year, "quarter": str((start.month + 2) // 3)})
        found += [{"year": day.year - back, "quarter": ""} for back in (1, 2)]
        source = self.env["sozial.figure.source"]
        return [{**one, "label": source._figure_period_label(one["year"], one["quarter"])} for one in found]

    @api.model
    def get_gaps(self, year, quarter):
        """Referrals declined or not answered by topic and quarter, small figures hidden.

        :param quarter: »1« to »4«, or empty for the whole year
        :return: `rows`: topic, quarter, their ids, and the figure as it may be shown; zeros are left out;
            `withheld`: there were some, but too few for any row
        :raise UserError: while the period lasts
        """
        self._require_group(PROCUREMENT, LEAD)
        year, quarter = int(year), quarter if quarter in ("1", "2", "3", "4") else ""
        releases = self.env["sozial.figure.release"]
        start, end = releases._period_over(year, quarter)
        happened = [("company_id", "=", self.env.company.id), ("month", ">=", start), ("month", "<", end)]
        if not self.env["sozial.referral.fact"].sudo().search_count([*happened, ("kind", "in", GAPS)], limit=1):
            return {"rows": [], "hidden": HIDDEN, "withheld": False}
        release = releases._publish("sozial.referral.fact", "referral_gap", "topic_id", "quarter_id", year, quarter).sudo()
        topics = self._ids_by_label(self.env["sozial.topic"].search([], limit=MOST))
        quarters = self._ids_by_label(self.env["sozial.quarter"].search([("company_id", "=", self.env.company.id)], limit=MOST))
        rows = []
        for line in release.cells["body"][:-1]:
            for head, value in zip(release.cells["heads"][:-1], line["values"], strict=False):
                if value != 0:
                    rows.append(
                        {"topic": line["label"], "topic_id": topics.get(line["label"], False), "quarter": head,
                         "quarter_id": quarters.get(head, False), "value": HIDDEN if value is None else str(value)}
                    )  # fmt: skip
        # something happened: where no row is left, everything is withheld
        return {"rows": rows, "hidden": HIDDEN, "withheld": not rows}

    @api.model
    def _ids_by_label(self, records):
        """A published table knows its words, in the language of whoever published it."""
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return {one.display_name: one.id for code in languages for one in records.with_context(lang=code)}

    @api.model
    def action_prepare_call(self, topic_id, quarter_id, year, quarter):
        """A draft of a call for what is missing: title, lot and occasion, with the figure as it may be shown.

        :raise AccessError: for whoever may not make calls
        :raise UserError: for a topic or quarter that is not there
        """
        self._require_group(PROCUREMENT)
        call = self.env["sozial.call"].create(self._draft_values(topic_id, quarter_id, year, quarter))
        return call._get_records_action()

    @api.model
    def action_suggest_call(self, topic_id, quarter_id, year, quarter):
        """The same draft from the head, who runs no calls: an officer has it as a task and goes on.

        :raise AccessError: for whoever does not lead
        :raise UserError: for a topic or quarter that is not there; where nobody runs calls
        """
        self._require_group(LEAD)
        values = self._draft_values(topic_id, quarter_id, year, quarter)
        officer = self._officer()
        if not officer:
            raise UserError(self.env._("Nobody in this company runs calls yet. Ask your administrator to give somebody that role."))
        call = self.env["sozial.call"].sudo().create({**values, "user_id": officer.id})
        theirs = call.with_context(lang=officer.lang or "de_DE")
        summary = theirs.env._("%s suggests this call: go on with it, or delete it", self.env.user.name)
        theirs.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=officer.id)
        return call.with_env(self.env)._get_records_action()

    @api.model
    def _officer(self):
        """Who ran the newest call of this company; else anybody who may."""
        staff = self.env.ref(PROCUREMENT).sudo().all_user_ids
        staff = staff.filtered(lambda user: user.active and self.env.company in user.company_ids)
        newest = [("company_id", "=", self.env.company.id), ("user_id", "in", staff.ids)]
        return self.env["sozial.call"].search(newest, order="id desc", limit=1).user_id or staff.sorted("id")[:1]

    @api.model
    def _draft_values(self, topic_id, quarter_id, year, quarter):
        topic = self.env["sozial.topic"].search([("id", "=", topic_id)], limit=1)
        place = self.env["sozial.quarter"].search([("id", "=", quarter_id), ("company_id", "=", self.env.company.id)], limit=1)
        if not topic or not place:
            raise UserError(self.env._("Choose a topic and a quarter of this company."))
        rows = self.get_gaps(year, quarter)["rows"] if year else []
        value = next((one["value"] for one in rows if (one["topic_id"], one["quarter_id"]) == (topic.id, place.id)), None)
        german = self.with_context(lang="de_DE")
        return german._call_values(topic.with_context(lang="de_DE"), place, value, year, quarter)

    @api.model
    def _call_values(self, topic, place, value, year, quarter):
        _ = self.env._
        period = self.env["sozial.figure.source"]._figure_period_label(int(year), quarter) if year else ""
        what = {"topic": topic.name, "quarter": place.name, "period": period, "value": value}
        need = _("There are too few offers on “%(topic)s” in the quarter %(quarter)s.", **what)
        if value == HIDDEN:
            need += " " + _(
                "In %(period)s some referrals were declined or not answered; too few people, or a single organisation, "
                "stand behind it: the figure is not told.", **what,
            )  # fmt: skip
        elif value:
            need += " " + _("In %(period)s %(value)s referrals were declined or not answered.", **what)
        return {
            "name": _("%(topic)s in %(quarter)s", **what),
            "occasion": need,
            "lot_ids": [
                fields.Command.create(
                    {"name": _("Lot 1: %(topic)s in %(quarter)s", **what), "quarter_id": place.id,
                     "description": _("Offers on “%(topic)s” for tenants in the quarter %(quarter)s.", **what)}
                )
            ],
        }  # fmt: skip

    @api.model
    def _require_group(self, *groups):
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("The network is for those who run calls or work with cases."))
