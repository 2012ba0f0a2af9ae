from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

ACTED = ("lead", "co", "standin")


class SozialMediation(models.Model):
    """Who mediates: nobody who acted for a party in the matter (§ 3 (2) MediationsG).

    Only the own past is looked at: whether a colleague works for somebody is told to nobody.
    """

    _inherit = "sozial.mediation"

    @api.depends("party_ids.partner_id")
    @api.depends_context("uid")
    def _compute_worked_for(self):
        for mediation in self:
            people = mediation.party_ids.partner_id if mediation.id else self.env["res.partner"]
            mediation.worked_for = ", ".join(mediation._own_clients(people).mapped("display_name")) or False

    def _own_clients(self, people, matter=Domain.TRUE):
        """Those of the people for whom the current user works or worked in another case, and not as a mediator."""
        if not people:
            return people
        domain = Domain("case_id.access_ids", "any", [("user_id", "=", self.env.uid), ("kind", "in", ACTED)])
        domain &= Domain("partner_id", "in", people.ids) & Domain("role", "=", "client") & Domain("case_id", "not in", self.case_id.ids)
        mediated = Domain("mediator_id", "=", self.env.uid) | Domain("co_mediator_id", "=", self.env.uid)
        domain &= Domain("case_id.mediation_ids", "not any", mediated)
        clients = self.env["sozial.case.participant"].sudo().search(domain & matter, limit=100).partner_id
        return clients.sudo(False)

    def _require_neutral(self, user):
        """Exclude who acted for a party in a conflict before: the current user alone learns it.

        :raise UserError: names the party
        """
        conflict = Domain("case_id.type_id.mediates", "=", True)
        for mediation in self:
            acted = mediation.with_user(user)._own_clients(mediation.party_ids.partner_id, conflict)
            if acted:
                raise UserError(
                    self.env._(
                        "You have acted for %s in this conflict and cannot mediate (§ 3 (2) MediationsG). "
                        "Hand the mediation to a colleague.",
                        ", ".join(acted.mapped("display_name")),
                    )
                )

    def _require_mediator(self):
        """Only the mediators enter what parties say, and what was signed; nobody who acted for one of them.

        :raise AccessError: for everybody else
        :raise UserError: for a mediator who acted for a party
        """
        if not self.env.su and any(self.env.user not in one.mediator_id | one.co_mediator_id for one in self):
            raise AccessError(self.env._("Only the mediators may do this. Take the mediation over first."))
        self._require_neutral(self.env.user)

    def action_mediate(self):
        """Take the mediation over, for example after the case was handed over."""
        self.ensure_one()
        self.check_access("write")
        self._require_changeable({"mediator_id"})
        self._require_neutral(self.env.user)
        values = {"mediator_id": self.env.uid}
        if self.co_mediator_id == self.env.user:
            values["co_mediator_id"] = False
        self._write_guarded(values)
        return True

    def action_co_mediate(self):
        """Mediate as the second of two, with own access to the case."""
        self.ensure_one()
        self.check_access("write")
        self._require_changeable({"co_mediator_id"})
        if self.mediator_id == self.env.user:
            raise UserError(self.env._("You mediate already."))
        self._require_neutral(self.env.user)
        self._write_guarded({"co_mediator_id": self.env.uid})
        return True
