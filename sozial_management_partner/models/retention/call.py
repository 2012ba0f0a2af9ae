from collections import Counter

from odoo import fields, models

from odoo.addons.sozial_management.models.retention.erasure import MARK


class SozialCall(models.Model):
    """A call loses the people in it when nobody needs them any more; organisations, points, decisions and the file stay."""

    _inherit = "sozial.call"

    ended_at = fields.Datetime("Ended on", readonly=True, copy=False, help="Concluded or cancelled. From then on the retention counts.")
    anonymised_on = fields.Date("Anonymised on", readonly=True, copy=False)

    def _move(self, state, **values):
        if state in ("concluded", "cancelled"):
            values["ended_at"] = self._stored(self._now())
        return super()._move(state, **values)

    def _take_person_out(self):
        """Take people out of calls and of what hangs on them: contents and files of submissions, who typed them, who asked.

        An organisation stays named: it is no person. So do those of ours who checked, opened, scored
        and decided: without them the file would prove nothing.

        :return: numbers of what went, by model name
        """
        calls = self.sudo()
        erasure = self.env["sozial.erasure"]
        gone = Counter()
        submissions = self._rows_of("sozial.submission", calls)
        for rows in (
            self._rows_of("sozial.submission.member", submissions, "submission_id"),
            self._rows_of("sozial.submission.content", submissions, "submission_id"),
            self._rows_of("sozial.call.subscription", calls),
            submissions.filtered(lambda one: one.state == "draft"),
        ):
            gone[rows._name] += len(rows)
            gone.update(erasure._delete_rows(rows))
        handed_in = submissions.exists()
        models.BaseModel.write(handed_in, {"user_id": False, "joint_members": False, "sealed_content": False, "sealed_key": False})
        self._rows_of("sozial.call.key", calls)._write_frozen({"locked": False, "part": False, "handed": False})
        models.BaseModel.write(self._rows_of("sozial.submission.late", calls), {"user_id": False})
        models.BaseModel.write(self._rows_of("sozial.submission.envelope", calls), {"note": False, "kept_at": MARK})
        models.BaseModel.write(self._rows_of("sozial.evidence.answer", calls), {"file": False, "file_name": False})
        models.BaseModel.write(self._rows_of("sozial.call.question", calls), {"original": False, "asker_id": False})
        gone.update(erasure._forget(calls))
        # past the guards of the model: the day is the day of the erasure, not of a change
        models.BaseModel.write(
            calls, {"contact_phone": False, "contact_email": False, "note": False, "anonymised_on": fields.Date.context_today(self)}
        )
        calls.flush_recordset()
        return gone

    def _rows_of(self, model, records, link="call_id"):
        return self.env[model].sudo().search([(link, "in", records.ids)], limit=None)
