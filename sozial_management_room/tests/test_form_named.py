from odoo.exceptions import AccessError
from odoo.tests import tagged

from .activity_common import ActivityCommon
from .common import MONDAY

NAME = {"fields": {"display_name": {}}}


@tagged("post_install", "-at_install")
class TestFormNamed(ActivityCommon):
    """An unsaved form that names something of another company learns nothing of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.other_company
        there = cls.env(context={**cls.env.context, "allowed_company_ids": other.ids})
        cls.foreign = {"sozial.centre": there["sozial.centre"].create({"name": "Geheimes Haus", "company_id": other.id})}
        centre = cls.foreign["sozial.centre"]
        cls.foreign["sozial.room"] = there["sozial.room"].create({"name": "Geheimer Saal", "centre_id": centre.id, "capacity": 77})
        person = there["res.partner"].create({"name": "Geheime Leitung", "company_id": other.id})
        activity = there["sozial.activity"].create(
            {"name": "Geheimer Kurs", "centre_id": centre.id, "kind": "course", "registration": "session", "seats": 5}
        )
        cls.foreign["sozial.activity"] = activity
        cls.foreign["sozial.activity.session"] = there["sozial.activity.session"].create(
            {"activity_id": activity.id, "start": MONDAY + "09:00:00", "stop": MONDAY + "10:00:00"}
        )
        cls.foreign["sozial.volunteer"] = there["sozial.volunteer"].create({"partner_id": person.id, "company_id": other.id})

    def _form(self, model, named, user=None):
        user = user or self.room_manager
        rows = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        fields = {
            name: NAME if field.type == "many2one" else {}
            for name, field in rows._fields.items()
            if field.type not in ("one2many", "many2many") and name != named and rows._has_field_access(field, "read")
        }
        return rows, fields

    def test_foreign_rows_are_refused(self):
        tried = 0
        for model in self.env.registry.models.values():
            if model._abstract or not issubclass(model, self.env.registry["sozial.room.named"]):
                continue
            for name, field in model._fields.items():
                if field.type != "many2one" or field.comodel_name not in self.foreign:
                    continue
                rows, fields = self._form(model._name, name)
                foreign = self.foreign[field.comodel_name].id
                with self.subTest(model=model._name, field=name):
                    with self.assertRaises(AccessError):
                        rows.onchange({name: foreign}, [name], fields)
                    with self.assertRaises(AccessError):
                        rows.with_context(**{f"default_{name}": foreign}).onchange({}, [], fields)
                tried += 1
        self.assertGreater(tried, 15)

    def test_own_rows_fill_in_the_form(self):
        rows, fields = self._form("sozial.activity.registration", "activity_id")
        value = rows.onchange({"activity_id": self.activity.id}, ["activity_id"], fields)["value"]
        self.assertEqual(value["centre_id"]["display_name"], self.centre.display_name)
