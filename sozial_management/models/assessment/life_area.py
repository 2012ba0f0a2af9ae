from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = ("1", "2", "3", "4", "5")
ANCHORS = tuple(f"anchor_{level}" for level in LEVELS)


class SozialLifeArea(models.Model):
    """A part of life that an assessment looks at, with a description of each of its five levels.

    A score without a description means something else to each of two colleagues; therefore no
    level stays undescribed.
    """

    _name = "sozial.life.area"
    _description = "Life area"
    _order = "sequence, id"

    name = fields.Char("Life area", required=True, translate=True)
    code = fields.Char(required=True, help="Stable short name for figures and interfaces, for example »housing«.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Untick what your department does not look at. Earlier assessments keep it.")
    question = fields.Text("What to ask", translate=True, help="What the talk about this area is about.")
    anchor_1 = fields.Text("1 Acute need", required=True, translate=True, help="What is the case at this level?")
    anchor_2 = fields.Text("2 In danger", required=True, translate=True, help="What is the case at this level?")
    anchor_3 = fields.Text("3 Unsteady", required=True, translate=True, help="What is the case at this level?")
    anchor_4 = fields.Text("4 Largely stable", required=True, translate=True, help="What is the case at this level?")
    anchor_5 = fields.Text("5 Stable", required=True, translate=True, help="What is the case at this level?")

    _code_unique = models.Constraint("UNIQUE (code)", "Another life area has this code already.")

    @api.constrains(*ANCHORS)
    def _check_anchors(self):
        for area in self:
            for name in ANCHORS:
                if not (area[name] or "").strip():
                    raise ValidationError(
                        self.env._(
                            "%(area)s: describe the level »%(level)s«, so that colleagues mean the same by it.",
                            area=area.name,
                            level=area._fields[name]._description_string(self.env),
                        )
                    )

    def _scale(self):
        """The levels from low to high, as [{value, text}]."""
        return [{"value": level, "text": self[name]} for level, name in zip(LEVELS, ANCHORS, strict=True)]
