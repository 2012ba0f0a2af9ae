from odoo import models

from ...procedure import ocds
from ...procedure.letters import german


class SozialCall(models.Model):
    """What the procurement file (Vergabevermerk) and the open data tell about the end of a call."""

    _inherit = "sozial.call"

    def _file_facts(self):
        """Everything for the printed file. Rights and record rules of the reader hold: who may not see
        the file or the awards gets no line of them."""
        self.ensure_one()
        records = self.env["sozial.call.record"]
        records.check_access("read")
        _ = self.env._
        problems = self._record_problems()
        position, head = self._record_head()
        return {
            "facts": [fact for fact in self._told_facts() if fact[1]],
            "panel": [(member.user_id.name, self._told_member(member)) for member in self.member_ids],
            "lots": [self._told_lot(award) for award in self.award_ids],
            "entries": records.search([("call_id", "=", self.id)], order="position"),
            "verdict": "\n".join(problems) if problems else _("Verified while printing: the file is as it was written."),
            "head": _("Entry %(position)s: %(hash)s", position=position, hash=head),
        }

    def _told_facts(self):
        _ = self.env._
        return [
            (_("Kind of procedure"), self._told("procedure")),
            (_("Legal check"), f"{self.checker_id.name}: {self.check_note}" if self.checked_at else ""),
            (_("Officer"), self.user_id.name),
            (_("Published on"), self._local_text(self.published_at)),
            (_("Deadline"), self.deadline_text),
            (_("Opened on"), self._local_text(self.opened_at)),
            (_("Submissions"), str(len(self._submitted())) if self.opened_at else ""),
            (_("Not eligible"), "; ".join(f"{one.partner_name}: {one.reason}" for one in self.eligibility_ids if one.result == "unmet")),
            (_("Review finished on"), self._local_text(self.review_closed_at)),
            (_("Reason for cancelling"), self.cancel_reason),
        ]

    def _told_member(self, member):
        labels = dict(member._fields["interest"]._description_selection(self.env))
        parts = [labels[member.interest], member.conflict, member.left_reason]
        return ", ".join(part for part in parts if part)

    def _told_lot(self, award):
        _ = self.env._
        labels = dict(award._fields["state"]._description_selection(self.env))
        approved = _("approved by %s", award.approver_id.name) if award.approver_id else ""
        return {
            "name": award.lot_id.name,
            "places": [
                (place.rank or "–", place.partner_name, german(place.points), self._told_place(place))
                for place in award.place_ids
            ],
            "end": ", ".join(part for part in (labels[award.state], award.winner_name, approved, award.end_reason) if part),
        }

    def _told_place(self, place):
        """What decided about a place, and whether its organisation has stepped back since."""
        decided = place.below_text or place._decided_label()
        if not place.withdrawn_at:
            return decided
        return self.env._("%(decided)s; withdrew: %(reason)s", decided=decided, reason=place.withdrawn_reason)

    def _ocds_results(self):
        """The chosen organisations and how many applied, once every lot is decided. Who was not chosen is not named."""
        results = super()._ocds_results()
        if self.state not in ("decided", "concluded"):
            return results
        keys = {lot.id: key["key"] for lot, key in zip(self.lot_ids, self.current_version_id.content["lots"], strict=True)}
        suppliers, awards = {}, []
        for award in self.sudo().award_ids:
            chosen = award.winner_id if award.state == "awarded" else award.winner_id.browse()
            if chosen:
                suppliers[chosen.number] = ocds.Party(chosen.number, chosen.partner_name, city=chosen.partner_id.city or "")
            awards.append(
                ocds.Award(
                    f"{self.number}-{keys[award.lot_id.id]}", keys[award.lot_id.id], (chosen.number,) if chosen else (),
                    "active" if chosen else "unsuccessful", self._aware(award.awarded_at) or None, award.lot_id.name,
                )
            )  # fmt: skip
        return {
            **results, "opened": True, "bidder_count": len(self._submitted()), "suppliers": tuple(suppliers.values()),
            "awards": tuple(awards),
        }  # fmt: skip
