from odoo import models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...procedure import ProcedureError, clock, notice

# What submissions answer to: a change here is material whatever anybody ticks.
MATERIAL = {
    ("lots",), ("criteria",), ("evidence",), ("tie_rule",), ("cooperation",), ("procedure",),
    *(("sections", str(number)) for number in (4, 5, 8, 9, 10)),
}  # fmt: skip
# German, for the public page and the mails of a German procedure.
LABELS = {
    "name": "Titel", "summary": "Kurztext", "deadline": "Frist für Bewerbungen", "questions_until": "Fragen bis", "lots": "Lose",
    "criteria": "Kriterien", "sections": "Abschnitt", "evidence": "Nachweise", "tie_rule": "Gleichstand", "cooperation": "Laufzeit",
    "standstill_days": "Wartefrist", "contact": "Ansprechperson", "weight": "Gewicht", "minimum": "Mindestpunkte", "levels": "Stufen",
    "description": "Beschreibung", "capacity": "Umfang", "quarter": "Quartier", "text": "Text", "from": "von", "until": "bis",
    "order": "Reihenfolge", "phone": "Telefon", "email": "E-Mail", "kind": "Art", "lot": "Los", "company": "Unternehmen",
    "procedure": "Verfahrensart", "access": "Teilnahme", "tz": "Zeitzone", "number": "Aktenzeichen",
}  # fmt: skip

AROUND = 8  # words shown on both sides of a change


class SozialCall(models.Model):
    """Changes after publication: a new version with reason, difference and a notice to all."""

    _inherit = "sozial.call"

    def action_change(self):
        """Open the dialog for a new version."""
        self.ensure_one()
        self._require_changeable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the call"),
            "res_model": "sozial.call.change",
            "view_mode": "form",
            "target": "new",
            "context": {"default_call_id": self.id},
        }

    def _require_changeable(self):
        """:raise UserError: unless the call is published and its deadline is not over"""
        for call in self:
            call.check_access("write")
            if call.state != "published":
                raise UserError(self.env._("%s: only a published call is changed by a new version.", call.number))
            if call._deadline_is_over(self._now()):
                raise UserError(self.env._("%s: the deadline is over. Now nothing changes for anybody.", call.number))

    def _publish_change(self, values, reason, is_material=False):
        """Change a published call: new version, notice to all.

        :param values: of the call, lists of commands for lots, criteria and sections included
        :param reason: why, in a sentence for everybody
        :param is_material: whether submissions have to be confirmed; what they answer to always is
        :return: the new version
        :raise UserError: without a reason, after the deadline, for a deadline that moves to earlier,
            or if the call would no longer be complete
        """
        self.ensure_one()
        self._require_changeable()
        if not (reason or "").strip():
            raise UserError(self.env._("Reason: write for everybody why the call changes."))
        before = self.current_version_id.content
        self._apply_change(values)
        changes = self._changes_since(before)
        if not changes:
            raise UserError(self.env._("Nothing has changed, so there is no new version."))
        self._require(self._publication_problems())
        material = bool(is_material) or self._is_material(changes)
        version = self._freeze_version(reason.strip(), material, [self._as_words(change) for change in changes])
        subject = self._german().env._("%(number)s: the call has changed", number=self.number)
        self._send_notice(subject, "sozial_management_partner.mail_call_change", version=version.sudo())
        return version

    def _changes_since(self, content):
        """What differs between a published content and the call as it is now."""
        return notice.difference(content, self._content())

    def _apply_change(self, values):
        """Write past the guard of what is frozen, and write the notice anew."""
        for name in ("deadline", "questions_until"):
            if name in values:
                self._require_later(name, values[name])
        parts = {name: values[name] for name in ("lot_ids", "criterion_ids", "section_ids") if name in values}
        for name, changed in parts.items():
            for part, part_values in changed:
                if part.call_id != self:
                    raise UserError(self.env._("This belongs to another call."))
                part.check_access("write")
                part._write_frozen({**part_values, **({"is_own": True} if name == "section_ids" else {})})
        rest = {name: value for name, value in values.items() if name not in parts}
        self._refuse_guarded(rest)
        self._write_guarded(rest)
        self._write_notice()

    def _require_later(self, name, moment):
        """Dates move later only, and only while they are not over.

        :raise UserError: names the field
        """
        label = self._fields[name]._description_string(self.env)
        old = self[name]
        if not moment:
            raise UserError(self.env._("%s: this cannot be left empty.", label))
        if moment == old:
            return
        try:
            clock.check_move(old, moment, self._now())
        except ProcedureError as error:
            if error.code == "deadline_over":
                raise UserError(self.env._("%s: this date is over already and stays as it is.", label)) from error
            raise UserError(
                self.env._("%(field)s: it can only be moved later than %(old)s.", field=label, old=self._local_text(old))
            ) from error

    def _is_material(self, changes):
        """Whether submissions have to be confirmed again. Sections that follow the data change with it,
        so a section alone counts only where it was written by hand."""
        own = {str(section.number) for section in self.section_ids if section.is_own}
        paths = {path for path in MATERIAL if path[0] != "sections" or path[1] in own}
        return notice.touches(changes, paths)

    def _as_words(self, change):
        """A change for people: where, before, after; plain texts."""
        path = list(change.path)
        names = {"lots": self.lot_ids, "criteria": self.criterion_ids}
        where = []
        for index, part in enumerate(path):
            if index and path[0] in names and part.isdigit():
                where.append(names[path[0]].browse(int(part)).sudo().name or part)
            elif index == 1 and path[0] == "sections":
                where.append(part)
            else:
                where.append(LABELS.get(part, part))
        return {
            "path": path,
            "where": ": ".join(where) if path[0] != "sections" else " ".join(where[:2]) + (f": {where[2]}" if len(where) > 2 else ""),
            "kind": change.kind,
            "before": self._plain_value(path, change.before),
            "after": self._plain_value(path, change.after),
            "pieces": self._pieces(path, change),
        }

    def _pieces(self, path, change):
        """A changed text word by word, what stayed shortened to the words around a change: ``[[kind, text]]``."""
        if path[-1] not in ("text", "description", "summary") or not (change.before and change.after):
            return []
        found = notice.pieces(self._plain_value(path, change.before), self._plain_value(path, change.after))
        return [[kind, text if kind != "same" else self._shortened(text, index, len(found))] for index, (kind, text) in enumerate(found)]

    def _shortened(self, text, index, number):
        """The words beside a change; what lies between is left out."""
        words = text.split(" ")
        if len(words) <= 2 * AROUND:
            return text
        first = [] if index == 0 else words[:AROUND]
        last = [] if index == number - 1 else words[-AROUND:]
        return " ".join([*first, "[…]", *last])

    def _plain_value(self, path, value):
        if value is None:
            return ""
        if path[-1] in ("deadline", "questions_until"):
            return self._local_text(self._fields["deadline"].convert_to_cache(value, self)) or ""
        if isinstance(value, (list, tuple)):
            return "\n".join(str(one) for one in value)
        if isinstance(value, dict):
            return "\n".join(str(one) for one in value.values() if one)
        text = str(value)
        return html2plaintext(text).strip() if path[-1] == "text" else text

    def _last_material_version(self):
        """The last version whose change submissions have to confirm; empty if there was none."""
        self.ensure_one()
        return self.sudo().version_ids.filtered("is_material").sorted("number")[-1:].sudo(False)
