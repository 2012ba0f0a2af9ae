from collections import defaultdict

from odoo import api, fields, models

from ...redaction import about_others, digest, paragraphs


class SozialCase(models.Model):
    """The texts of a case, paragraph by paragraph."""

    _inherit = "sozial.case"

    @api.model
    def _passage_fields(self):
        """Texts that are tagged paragraph by paragraph, by model. Later models add theirs."""
        return {
            "sozial.handover": ("summary",),
            "sozial.case": ("concern", "closing_note"),
            "sozial.contact": ("text",),
        }

    def _passage_records(self, model):
        """Records of `model` whose texts belong to these cases, as far as the current user may read them."""
        self.check_access("read")
        if model == "sozial.case":
            return self
        if model == "sozial.handover":
            return self.sudo().handover_id | self.sudo().joined_handover_ids  # what they said is part of the case
        return self.env[model].search([("case_id", "in", self.ids)])

    @api.model
    def _passage_moment(self, record):
        """When it was said, for the order."""
        if record._name == "sozial.contact":
            return record.date
        day = record.opened_on if record._name == "sozial.case" else record.handed_on if record._name == "sozial.handover" else None
        return fields.Datetime.to_datetime(day) or record.create_date

    def _passage_default(self, record, paragraph):
        """Persons a new paragraph is about, if nothing speaks against the client alone; else nobody: unsure."""
        client = self.client_id
        if record._name == "sozial.contact":
            alone = record.partner_ids == client
        else:
            alone = self.participant_ids.partner_id == client
        others = (self.participant_ids.partner_id - client).mapped("name")
        if client and alone and not about_others(paragraph, client.name, others):
            return client
        return client.browse()

    def _passage_wanted(self):
        """Every paragraph of the case's texts as it stands now: {place: [(record, field, paragraph), …]}."""
        wanted = {}
        for model, names in self._passage_fields().items():
            for record in self._passage_records(model):
                for name in names:
                    found = paragraphs(record[name])
                    if found:
                        wanted[model, record.id, name] = [(record, name, paragraph) for paragraph in found]
        return wanted

    def _passages_differ(self):
        """Whether texts were written or changed since the paragraphs were collected."""
        wanted = {
            (*place, position, self._passage_digest(*row))
            for place, rows in self._passage_wanted().items()
            for position, row in enumerate(rows)
        }
        stored = {
            (one.res_model, one.res_id, one.field_name, one.position, one.digest)
            for one in self.env["sozial.passage"].search([("case_id", "=", self.id)])
        }
        return wanted != stored

    @api.model
    def _passage_digest(self, record, name, paragraph):
        return digest(f"{record._name},{record.id},{name}", paragraph)

    def _sync_passages(self):
        """List the paragraphs of this case anew; unchanged ones keep whom they are about.

        :return: all paragraphs
        :raise AccessError: without a grant
        """
        self.ensure_one()
        self.check_access("read")
        passages = self.env["sozial.passage"].sudo()
        stored = defaultdict(list)
        for passage in passages.search([("case_id", "=", self.id)], order="position"):
            stored[passage.res_model, passage.res_id, passage.field_name, passage.digest].append(passage)
        kept, new = passages.browse(), []
        for place, rows in self._passage_wanted().items():
            for position, row in enumerate(rows):
                same = stored[(*place, self._passage_digest(*row))]
                if same:
                    kept |= self._move_passage(same.pop(0), position)
                else:
                    new.append(self._passage_values(position, *row))
        passages.concat(*(one for rest in stored.values() for one in rest)).unlink()
        kept.flush_recordset()
        return (kept | passages.create(new)).sudo(self.env.su).sorted()

    @api.model
    def _move_passage(self, passage, position):
        if passage.position != position:
            passage.position = position
        return passage

    def _passage_values(self, position, record, name, paragraph):
        return {
            "case_id": self.id,
            "res_model": record._name,
            "res_id": record.id,
            "field_name": name,
            "position": position,
            "digest": self._passage_digest(record, name, paragraph),
            "said_on": self._passage_moment(record),
            "partner_ids": [(6, 0, self._passage_default(record, paragraph).ids)],
        }

    def action_subject_parts(self):
        """Show the copies of data of this case: asked for, reviewed, handed over."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("sozial_management.action_sozial_subject_part")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {"default_case_id": self.id}}
