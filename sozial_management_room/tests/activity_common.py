from .common import MONDAY, RoomCommon


class ActivityCommon(RoomCommon):
    """A language café in the kitchen that everybody may come to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader, cls.deputy = cls.env["res.partner"].create(
            [{"name": name, "email": f"{name}@example.com", "company_id": cls.company.id} for name in ("leitung", "vertretung")]
        )
        cls.activity = cls._activity("Sprachcafé")

    @classmethod
    def _activity(cls, name, **values):
        activity = cls.env["sozial.activity"].create(
            {"name": name, "centre_id": cls.centre.id, "leader_id": cls.leader.id, "deputy_id": cls.deputy.id, **values}
        )
        activity.action_run()
        return activity

    def _session(self, activity=None, start="09:00:00", stop="10:00:00", day=MONDAY, user=None, **values):
        user = user or self.room_user
        sessions = self.env["sozial.activity.session"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return sessions.create(
            {
                "activity_id": (activity or self.activity).id,
                "room_id": self.kitchen.id,
                "start": day + start,
                "stop": day + stop,
                **values,
            }
        )

    def _register(self, activity, name, session=None, user=None, **values):
        user = user or self.room_user
        registered = self.env["sozial.activity.registration"].with_user(user).with_context(allowed_company_ids=self.company.ids)
        return registered.create(
            {"activity_id": activity.id, "session_id": session.id if session else False, "name": name,
             "email": f"{name}@example.com".lower(), **values}
        )  # fmt: skip

    def _mails(self, one):
        """Subjects of the mails to somebody, the oldest first."""
        return self.env["mail.mail"].sudo().search([("email_to", "like", one.email)], order="id").mapped("subject")
