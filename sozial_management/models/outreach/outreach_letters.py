import io
import logging
from datetime import timedelta
from functools import partial

from babel.core import UnknownLocaleError
from babel.dates import format_date, format_datetime
from psycopg2 import OperationalError
from pypdf import PdfReader, PdfWriter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...consent_wording import RIGHT_TO_LEFT
from ...report.consent_form import set_for_print
from ..letter.placeholders import filled, used

BATCH = 40
LEFT_OUT = ("vacant", "address")
SOON = timedelta(minutes=5)
ENTERED = ("appointment", "place", "until")
# from the tenancy and the company
KNOWN = frozenset({"recipient", "company", "phone", "worker", *ENTERED})
_logger = logging.getLogger(__name__)


class SozialOutreach(models.Model):
    """Invitations to every dwelling, as one PDF for window envelopes, in the tenant's language with German beside it."""

    _inherit = "sozial.outreach"

    template_id = fields.Many2one(
        "sozial.letter.template", "Invitation", ondelete="restrict", help="Whom it reaches tells nothing: all get it."
    )
    appointment = fields.Datetime("Day and time", copy=False, help="Consultation hours or talk to which all are invited.")
    place = fields.Char(help="Where: street, number, room.")
    until = fields.Date("Answer until", copy=False)
    letters_state = fields.Selection(
        [("running", "Being printed"), ("ready", "Ready"), ("failed", "Stopped")], "Invitations", readonly=True, copy=False
    )
    letters_id = fields.Many2one(
        "ir.attachment", "Invitations (PDF)", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    letters_part_ids = fields.Many2many(
        "ir.attachment", "sozial_outreach_letters_part_rel", string="Printed and not put together yet", readonly=True, copy=False
    )
    letters_trouble = fields.Text("Why it stopped", readonly=True, copy=False)
    printed_count = fields.Integer("Printed", compute="_compute_letters")
    skipped_count = fields.Integer(
        "Left out", compute="_compute_letters", help="Vacant dwellings and incomplete addresses; the list names them."
    )

    @api.depends("visit_ids.letter")
    def _compute_letters(self):
        groups = self.env["sozial.outreach.visit"]._read_group(
            [("outreach_id", "in", self.ids), ("letter", "!=", False)], ["outreach_id", "letter"], ["__count"]
        )
        counts = {(outreach.id, letter): count for outreach, letter, count in groups}
        for one in self:
            one.printed_count = counts.get((one.id, "printed"), 0)
            one.skipped_count = sum(counts.get((one.id, reason), 0) for reason in LEFT_OUT)

    def action_print(self):
        """Have the invitations printed in the background; those that are printed already are not printed again.

        :raise UserError: lists what the text needs
        """
        self._require_state("running")
        if not self.template_id:
            raise UserError(self.env._("Invitation: choose the letter."))
        self._refuse_unfilled()
        self._refuse_past()
        self._try_left_out_again()
        if not self.env["sozial.outreach.visit"].search_count([("outreach_id", "=", self.id), ("letter", "=", False)], limit=1):
            raise UserError(self.env._("All invitations are printed already."))
        self._write_guarded({"letters_state": "running", "letters_trouble": False})
        self.env.ref("sozial_management.ir_cron_outreach_letters").sudo()._trigger()
        return True

    def action_print_anew(self):
        """Something in the printed letters is wrong, the day for example: throw them away and print all anew.

        :raise UserError: while they are being printed, or where letters carry codes
        """
        self._require_state("running")
        self._refuse_while_printing()
        if self.kind in self._final_kinds():
            raise UserError(self.env._("Its letters carry codes that hold once. Begin another one."))
        (self.letters_id | self.letters_part_ids).unlink()
        self.env["sozial.outreach.visit"].search([("outreach_id", "=", self.id), ("letter", "!=", False)], limit=None)._write_letter(False)
        self._write_guarded({"letters_state": False})
        return self.action_print()

    def write(self, vals):
        """All letters of an outreach say the same: their text waits until they are printed."""
        if vals.keys() & {"template_id", *ENTERED}:
            self._refuse_while_printing()
        return super().write(vals)

    def _refuse_while_printing(self):
        """:raise UserError: while letters are being printed"""
        for outreach in self:
            if outreach.letters_state == "running":
                raise UserError(self.env._("%s: the invitations are being printed. Change them when they are ready.", outreach.name))

    def _refuse_past(self):
        """Stop invitations to a day that is over.

        :raise UserError: names the field
        """
        past = [
            name for name, over in (
                ("appointment", self.appointment and self.appointment < fields.Datetime.now()),
                ("until", self.until and self.until < fields.Date.context_today(self)),
            ) if over
        ]  # fmt: skip
        if past:
            labels = [self._fields[name]._description_string(self.env) for name in past]
            raise UserError("\n".join(self.env._("%s: this day is over. Enter one to come.", label) for label in labels))

    def _try_left_out_again(self):
        """Dwellings that were left out and can be written to now: an address was completed, somebody moved in."""
        left_out = self.env["sozial.outreach.visit"].search(
            [("outreach_id", "=", self.id), ("letter", "in", ("vacant", "address"))], limit=None
        )
        tenancies = left_out._running_tenancies()
        left_out.filtered(lambda visit: visit._letter_result(tenancies.get(visit.dwelling_id.id)) == "printed")._write_letter(False)

    def action_done(self):
        return self._end_printing(super().action_done())

    def action_cancel(self):
        return self._end_printing(super().action_cancel())

    def _end_printing(self, result):
        """Nothing more is printed; what is printed already is put together."""
        if self.letters_state == "running":
            self._put_together()
            self._write_guarded({"letters_state": "ready" if self.letters_id else False})
        return result

    def _refuse_unfilled(self):
        """Stop a letter whose text names what an invitation cannot fill, or what was not entered yet.

        :raise UserError: names each of them
        """
        self._refuse_unknown_names()
        values, missing = self._entered("de"), []
        for text in self._letter_template().text_ids:
            names = used(f"{text.subject} {text.body}")
            missing += [name for name in names if name in ENTERED and name not in values]
        if missing:
            labels = [self._fields[name]._description_string(self.env) for name in dict.fromkeys(missing)]
            raise UserError("\n".join(self.env._("%s: the letter needs it.", label) for label in labels))

    def _refuse_unknown_names(self):
        """Stop a letter with names in braces that an invitation cannot fill: they would be printed as they stand.

        :raise UserError: names each of them
        """
        names = dict.fromkeys(name for text in self._letter_template().text_ids for name in used(f"{text.subject} {text.body}"))
        problems = [self.env._("{%s}: an invitation cannot fill this. Choose another letter.", name) for name in names if name not in KNOWN]
        if "phone" in names and not self.company_id.phone:
            problems.append(self.env._("Phone: the letter needs it. Enter it on the company."))
        if problems:
            raise UserError("\n".join(problems))

    def action_open_letters(self):
        """Open the PDF."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/web/content/{self.letters_id.id}?download=true", "target": "self"}

    def action_view_left_out(self):
        """List the dwellings that got no invitation, each with the reason."""
        action = self.action_view_visits()
        name = self.env._("Left out")
        domain = [("outreach_id", "=", self.id), ("letter", "in", LEFT_OUT)]
        return {**action, "name": name, "domain": domain}

    @api.model
    def _cron_letters(self):
        """Print batch by batch; an outreach that cannot be printed says why and stops no other."""
        for outreach in self.search([("letters_state", "=", "running"), ("state", "=", "running")], order="id", limit=None):
            while True:
                try:
                    with self.env.cr.savepoint():
                        done, remaining = outreach._print_batch()
                        if not remaining:
                            outreach._put_together()
                            outreach._write_guarded({"letters_state": "ready"})
                except OperationalError:
                    # somebody else is at it: nothing of this batch is kept, it is printed in a moment
                    self._later("sozial_management.ir_cron_outreach_letters")
                    self.env["ir.cron"]._commit_progress()
                    break
                except Exception as trouble:  # noqa: BLE001 - whatever it is, it is told and the others go on
                    _logger.exception("Invitations of outreach %s", outreach.id)
                    outreach._write_guarded({"letters_state": "failed", "letters_trouble": str(trouble)})
                    break
                if not self.env["ir.cron"]._commit_progress(done, remaining=remaining):
                    return
                if not remaining:
                    break

    @api.model
    def _later(self, cron):
        """Have a job run once more, soon: what it met was in use, not wrong."""
        self.env.ref(cron).sudo()._trigger(fields.Datetime.now() + SOON)

    def _print_batch(self):
        """Print the next dwellings as a part of their own.

        :return: number of dwellings, and how many remain
        """
        visits = self.env["sozial.outreach.visit"].search(
            [("outreach_id", "=", self.id), ("letter", "=", False)], order="building_id, dwelling_id, id", limit=BATCH
        )
        self._print_part(self._letters(visits))
        return len(visits), self.env["sozial.outreach.visit"].search_count([("outreach_id", "=", self.id), ("letter", "=", False)])

    def _print_part(self, letters):
        """Print what `_letters` made, as a part that waits for the others."""
        if letters:
            content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "sozial_management.report_outreach", self.ids, data={"visits": [letter["visit"].id for letter in letters]}
            )
            self._write_guarded({"letters_part_ids": [Command.link(self._keep(content).id)]})

    def _keep(self, content):
        return self.env["ir.attachment"].create(
            {"name": f"{self.name}.pdf", "raw": content, "res_model": self._name, "res_id": self.id}
        )

    def _put_together(self):
        """One file of all parts, in the order of printing, behind what was printed earlier. Once, when all are there."""
        outdated = self.letters_id | self.letters_part_ids
        parts = self.letters_id + self.letters_part_ids.sorted("id")
        if len(parts) > 1:
            writer = PdfWriter()
            for part in parts:
                writer.append(PdfReader(io.BytesIO(part.raw)), import_outline=False)
            whole = io.BytesIO()
            writer.write(whole)
            parts = self._keep(whole.getvalue())
        self._write_guarded({"letters_id": parts.id, "letters_part_ids": [Command.clear()]})
        (outdated - parts).unlink()

    def _letters(self, visits):
        """What is printed for dwellings; notes on each row what became of it. Few queries for a whole batch.

        :return: dicts with address and texts
        """
        running = [("dwelling_id", "in", visits.dwelling_id.ids), ("state", "=", "running")]
        tenancies = self.env["sozial.tenancy"].search(running, limit=None)
        by_dwelling = {tenancy.dwelling_id: tenancy for tenancy in tenancies}
        letters, became = [], {"printed": visits.browse(), "vacant": visits.browse(), "address": visits.browse()}
        for visit in visits:
            tenancy = by_dwelling.get(visit.dwelling_id)
            result = visit._letter_result(tenancy)
            became[result] |= visit
            if result == "printed":
                letters.append(self._letter(visit, tenancy.partner_id))
        for result, rows in became.items():
            rows._write_letter(result)
        return letters

    def _letter_template(self):
        """Which letter goes out now."""
        return self.template_id

    def _letter(self, visit, recipient):
        building = visit.building_id
        german = self.env.ref("sozial_management.language_de")
        template = self._letter_template()
        there = template.text_ids.language_id
        language = german if german in recipient.language_ids else (recipient.language_ids & there)[:1] or german
        columns = []
        for one in dict.fromkeys((language, german)):
            text = template._text(one)
            code = text.language_id.code
            known = {
                "recipient": recipient.name, "company": self.company_id.name, "phone": self.company_id.phone or "",
                "worker": self.company_id.name, **self._entered(code),
            }  # fmt: skip
            columns.append(
                {
                    "lang": code, "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr", "set": partial(set_for_print, language=code),
                    "subject": filled(text.subject, known),
                    "paragraphs": [part.strip() for part in filled(text.body, known).split("\n\n") if part.strip()],
                }
            )  # fmt: skip
        address = [recipient.name, f"{building.street} {building.house_number}", f"{building.zip} {building.city}"]
        return {"visit": visit, "address": address, "columns": columns}

    def _entered(self, language):
        """Day, place and answer as they are written in a language."""
        values = {"place": self.place} if self.place else {}
        try:
            locale = format_date(fields.Date.today(), locale=language) and language
        except UnknownLocaleError:
            locale = "de"
        if self.until:
            values["until"] = format_date(self.until, "long", locale=locale)
        if self.appointment:
            local = fields.Datetime.context_timestamp(self.with_context(tz="Europe/Berlin"), self.appointment)
            pattern = "EEEE, d. MMMM y, HH:mm 'Uhr'" if locale == "de" else "EEEE, d MMMM y, HH:mm"
            values["appointment"] = format_datetime(local, pattern, locale=locale)
        return values
