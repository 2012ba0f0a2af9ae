from odoo import models

from ...procedure import clock, letters


class SozialAwardLetter(models.Model):
    """Facts for the letters, taken from scores and decisions."""

    _inherit = "sozial.award.letter"

    def _facts(self, call, award, submission, reason):
        """:return: `procedure.letters.Facts`"""
        lot = submission.lot_id
        place = award.place_ids.filtered(lambda one: one.submission_id == submission) if award else None
        first = award._first_place() if award else None
        unmet = call.eligibility_ids.filtered(lambda row: row.submission_id == submission and row.result == "unmet")
        return letters.Facts(
            number=call.number,
            title=call.name,
            lot=lot.name,
            company=call.company_id.name,
            organisation=submission.partner_name,
            receipt=submission.number,
            procedure=call.procedure,
            contact=", ".join(part for part in (call.contact_name, call.contact_phone, call.contact_email) if part),
            winner=first.partner_name if first else "",
            points=letters.german(place.points) if place else "",
            winner_points=letters.german(first.points) if first else "",
            rank=place.rank if place else 0,
            ranked=len(award.place_ids.filtered("rank")) if award else 0,
            reasons=self._reasons(call, submission, first.submission_id) if place and first else (),
            unmet=tuple((row.criterion_id.name, row.reason) for row in unmet),
            below=place.below_text or "" if place else "",
            award_day=self._award_day(call, award) if award else "",
            standstill=call.standstill_days,
            reason=reason or (award.end_reason if award else "") or "",
        )

    def _reasons(self, call, submission, winner):
        """Criterion by criterion: own and winner's points, with what the panel wrote where the winner is ahead."""
        if not winner:
            return ()
        own, best = call._final_scores(submission), call._final_scores(winner)
        return tuple(
            letters.Reason(
                criterion.name, criterion.weight, letters.german(own[criterion]), letters.german(best[criterion]),
                self._words(call, submission, criterion) if own[criterion] < best[criterion] else (),
            )
            for criterion in submission.lot_id._award_criteria()
        )  # fmt: skip

    def _words(self, call, submission, criterion):
        """What was written about this criterion: by the panel together, else by each reviewer."""
        own = call.consensus_ids.filtered(lambda row: row.submission_id == submission and row.criterion_id == criterion)
        agreed = own.sorted("id")[-1:]
        if agreed:
            return (agreed.reason,)
        reviews = call.member_ids._counts().review_ids.filtered(lambda review: review.submission_id == submission)
        return tuple(row.reason for row in reviews.score_ids if row.criterion_id == criterion and row.reason)

    def _award_day(self, call, award):
        """Earliest day of the award if the letters go out today, as it stands in the letter."""
        start = clock.award_from(call._now(), call.standstill_days, call.tz, award._working_day)
        return f"{start.astimezone(clock.zone(call.tz)):%d.%m.%Y}"

    def _letter_day(self):
        """The day on the letter, in the zone of the call."""
        self.ensure_one()
        call = self.call_id
        moment = clock.aware(self.sent_at) if self.sent_at else call._now()
        return f"{moment.astimezone(clock.zone(call.tz)):%d.%m.%Y}"
