from odoo import fields, models


class SozialVolunteerSkill(models.Model):
    """Something a volunteer can do, for example: cooking, first aid, driving a van."""

    _name = "sozial.volunteer.skill"
    _description = "Skill of volunteers"
    _order = "name, id"

    name = fields.Char("Skill", required=True, translate=True)
    color = fields.Integer()

    _name_unique = models.Constraint("UNIQUE (name)", "There is a skill of this name already.")
