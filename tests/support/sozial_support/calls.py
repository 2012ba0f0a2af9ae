"""A published call with organisations that answer it, for tests and benchmarks that commit."""

from datetime import datetime, timedelta, timezone

from odoo import Command

ANSWERS = ("who", "idea", "for_whom", "team", "needs", "experience")


class PublishedCall:
    """A company of its own with a call past every check of its notice, two officers and organisations with a portal user each."""

    def __init__(self, env, key, lots=1, organisations=2, password=None):
        company = env["res.company"].create({"name": f"Calls {key}", "email": "calls@example.com"})
        in_company = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        env.user.company_ids |= company
        env = env(context={**env.context, "allowed_company_ids": company.ids, "no_reset_password": True, "tracking_disable": True})
        procurement = env.ref("sozial_management_partner.group_sozial_procurement")
        self.officers = env["res.users"].create(
            [
                {"name": f"Officer {number} {key}", "login": f"officer{number}.{key}", "group_ids": [Command.set(procurement.ids)],
                 **in_company}
                for number in (1, 2)
            ]
        ).ids  # fmt: skip
        partners = env["res.partner"].create(
            [
                {"name": f"Verein {number} {key}", "is_company": True, "is_organisation": True, "company_id": company.id}
                for number in range(organisations)
            ]
        )
        people = env["res.users"].create(
            [
                {"name": f"Person {number} {key}", "login": f"bidder{number}.{key}", "password": password or f"bidder{number}.{key}",
                 "group_ids": [Command.set(env.ref("base.group_portal").ids)], **in_company}
                for number in range(organisations)
            ]
        )  # fmt: skip
        for person, partner in zip(people, partners, strict=True):
            person.partner_id.write({"parent_id": partner.id, "company_id": company.id})
        now = datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
        call = env["sozial.call"].create(
            {
                "name": f"Aufruf {key}", "company_id": company.id, "deadline": now + timedelta(days=1), "user_id": self.officers[0],
                "lot_ids": [Command.create({"name": f"Los {number + 1}"}) for number in range(lots)],
                "criterion_ids": [Command.create({"name": "Konzept", "weight": 100})],
            }
        )  # fmt: skip
        call._write_guarded({"checked_at": now - timedelta(days=9), "published_at": now - timedelta(days=8), "state": "published"})
        call._freeze_version()
        self.company_id, self.call_id, self.lot_ids, self.bidders = company.id, call.id, call.lot_ids.ids, people.ids
        self.logins = people.mapped("login")
        env.flush_all()

    def draft(self, env, bidder, lot):
        """A complete draft of a portal user, as that user."""
        own = env(user=bidder, context={"allowed_company_ids": [self.company_id]})
        draft = own["sozial.call"].browse(self.call_id)._start_submission(own["sozial.call.lot"].browse(lot))
        draft._portal_save({key: f"Antwort {key}" for key in ANSWERS})
        return draft

    def set_deadline(self, env, moment):
        """Past every guard."""
        env.cr.execute("UPDATE sozial_call SET deadline = %s WHERE id = %s", [moment, self.call_id])
        env.invalidate_all()
