import io

import psycopg2
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import SozialCommon


class CaseworkCommon(SozialCommon):
    """Assessments and plans in a word."""

    @classmethod
    def _assessment(cls, case, user=None, score="3", **values):
        """A draft with the same level in all areas."""
        draft = cls.env["sozial.assessment"].with_user(user or cls.worker).create({"case_id": case.id, **values})
        if score:
            draft.line_ids.write({"score": score})
        return draft

    @classmethod
    def _final(cls, case, **values):
        final = cls._assessment(case, **values)
        final.action_finalise()
        return final

    @classmethod
    def _plan(cls, case, user=None):
        """A draft with one goal and one step."""
        return cls.env["sozial.plan"].with_user(user or cls.worker).create(
            {
                "case_id": case.id,
                "goal_ids": [
                    Command.create(
                        {
                            "name": "Ich behalte meine Wohnung",
                            "indicator": "Drei Monate pünktlich gezahlt",
                            "measure_ids": [Command.create({"name": "Raten vereinbaren"})],
                        }
                    )
                ],
            }
        )

    def _refused_by_the_database(self, call):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            call()
            self.env.flush_all()

    def _pdf(self, report, record):
        """The text of a printed page. Fails, not skips, if nothing can be printed."""
        reports = self.env["ir.actions.report"].with_user(self.worker).with_context(
            force_report_rendering=True, allowed_company_ids=self.company.ids
        )
        content, kind = reports._render_qweb_pdf(report, record.ids)
        self.assertEqual(kind, "pdf")
        return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())

    def _not_for_others(self, template, record):
        for user in (self.colleague, self.frontdesk, self.system):
            values = self.env[f"report.{template}"].with_user(user)
            with self.assertRaises(AccessError):
                values._get_report_values(record.ids)
