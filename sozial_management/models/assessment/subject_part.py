from odoo import models


class SozialSubjectPart(models.Model):
    """The levels of the final assessments in the client's own copy; the notes go paragraph by paragraph."""

    _inherit = "sozial.subject.part"

    def _case_sections(self):
        sections = super()._case_sections()
        if self.is_client:
            finals = self.case_id._final_assessments().sorted("date")
            entries = [
                self._entry(
                    one.display_name,
                    [
                        *self._rows(one, "date", "kind"),
                        *(
                            self._row(line.area_id.code, line.area_id.name, {"level": line.score, "own": line.own_score or False},
                                      self._level_text(line))
                            for line in one.line_ids
                            if line.score
                        ),
                    ],
                )
                for one in finals
            ]
            sections.append(self._section("assessments", self.env._("Assessments"), entries=entries))
        return sections

    def _level_text(self, line):
        text = dict(line._fields["score"]._description_selection(self.env))[line.score]
        if line.own_score:
            text = self.env._("%(level)s (your own view: %(own)s)", level=text, own=line.own_score)
        return text
