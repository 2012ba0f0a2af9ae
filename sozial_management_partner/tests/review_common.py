"""An opened call with three submissions and a panel of two, on the way to its award."""

from .submission_common import RIVAL, SubmissionCommon

# points of both reviewers by organisation and criterion: the Caritas is ahead in the first lot
POINTS = {"Konzept": ("4", "3"), "Erfahrung": ("3", "3")}


class ReviewCommon(SubmissionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._hand_in().sudo()
        cls.second = cls._hand_in(cls.other_bidder, secret=RIVAL).sudo()
        cls.other_lot = cls._hand_in(lot=cls.lot_two).sudo()
        cls.member, cls.member_two = cls._appoint(cls.reviewer), cls._appoint(cls.reviewer_two)
        cls.members = cls.member | cls.member_two
        cls._open()

    @classmethod
    def _appoint(cls, user):
        return cls.env["sozial.review.member"].with_user(cls.procurement).create({"call_id": cls.call.id, "user_id": user.id}).sudo()

    @classmethod
    def _own(cls, member):
        """The member as its own person."""
        user = member.user_id
        return member.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    @classmethod
    def _declare(cls, *members):
        for member in members or cls.members:
            cls._own(member).action_declare_none()

    @classmethod
    def _decide(cls, unmet=None):
        """Everybody is eligible, but for a submission and a reason."""
        cls.call.with_user(cls.procurement).action_prepare_eligibility()
        for row in cls.call.eligibility_ids:
            out = unmet and row.submission_id == unmet
            row.with_user(cls.procurement).write({"result": "unmet", "reason": "Kein Auszug"} if out else {"result": "met"})

    @classmethod
    def _score(cls, member, points=POINTS, finish=True):
        """Score every sheet: the Caritas gets the first number, everybody else the second."""
        own = cls._own(member)
        own.action_start_review()
        for review in member.review_ids:
            which = 0 if review.submission_id.partner_id == cls.caritas else 1
            for row in review.score_ids.with_user(member.user_id):
                row.write({"score": points[row.criterion_id.name][which], "reason": f"Seite 1 zu {row.criterion_id.name}"})
        if finish:
            own.action_finish()

    @classmethod
    def _reviewed(cls, points=POINTS, unmet=None):
        """Review finished; the award of the first lot."""
        cls._decide(unmet)
        cls._declare()
        for member in cls.members:
            cls._score(member, points)
        cls.call.with_user(cls.procurement).action_close_review()
        cls.call.invalidate_recordset()
        return cls.call.award_ids.filtered(lambda award: award.lot_id == cls.lot)

    def _as_own(self, record, user):
        return record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
