"""A case full of secrets, who may open it, and everybody who tries."""

import inspect

from odoo import Command

from .common import SozialCommon
from .rights.matrix import OF_A_CASE
from .rights.rows import Place

SECRET = "Kennwort-Zaunkönig"
CLIENT = "Erika Sorgenfrei"


class SideDoorCase(SozialCommon):
    """One strictly confidential case with a row of every model below it; the tenant has a portal login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal.partner_id.name = "Portalnutzerin"
        cls.intruders = [cls.colleague, cls.lead, cls.frontdesk, cls.privacy, cls.report, cls.config, cls.system, cls.portal]
        cls.case = cls._open_case(
            level="strict",
            concern=SECRET,
            participant_ids=[
                Command.create({"partner_id": cls.tenant.id, "role": "client"}),
                Command.create({"partner_id": cls.portal.partner_id.id, "role": "household"}),
            ],
        )
        cls.place = Place(cls.env, cls.company, cls.tenant, "Hier").around(cls.case.sudo())
        cls.note = cls._mine("sozial.contact").create(
            {"case_id": cls.case.id, "text": SECRET, "partner_ids": [Command.link(cls.tenant.id)]}
        )
        cls.place._made["sozial.contact"] = cls.note.sudo()
        cls.rows = {
            model: cls.case if model == "sozial.case" else cls.place.first(model).with_env(cls.case.env) for model in OF_A_CASE
        }
        # the case with the number but without the content, of the colleague: what intruders have of their own
        cls.own = cls._open_case(cls.colleague, level="strict", participant_ids=[], tenancy_id=False)
        cls.env.flush_all()

    @classmethod
    def _mine(cls, model, user=None):
        user = user or cls.worker
        return cls.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def assert_silent(self, told, *more):
        """Nothing of the case in a text, an answer, an error."""
        text = str(told)
        for word in (SECRET, CLIENT, self.case.name, *more):
            self.assertNotIn(word, text)


class ButtonCase(SideDoorCase):
    """Knows every public method of the models of a case, and what to call it with."""

    ARGUMENTS = {
        "action_grant_access": lambda self: (self.colleague.id, "co", "Neugier"),
        "action_lock_out": lambda self: (self.worker.id, "Neugier"),
        "action_set_signal": lambda self: ("counselling",),
        "message_post_with_source": lambda self: ("mail.message_activity_done",),
        "message_mail_with_source": lambda self: ("mail.message_activity_done",),
    }
    # without effect, whoever calls
    HARMLESS = {"message_subscribe"}

    def _methods(self, model):
        """Public methods that our addons define on a model; what every model has is tried elsewhere."""
        names, everywhere = set(), type(self.env["res.lang"])
        for cls in type(self.env[model]).__mro__:
            if cls.__module__.startswith("odoo.addons.sozial_"):
                names |= {name for name, value in vars(cls).items() if callable(value) and not name.startswith("_")}
        return sorted(name for name in names - self.HARMLESS if not hasattr(everywhere, name))

    def _arguments(self, name, method):
        """Something for every argument the method needs."""
        if name in self.ARGUMENTS:
            return self.ARGUMENTS[name](self)
        needed = list(inspect.signature(method).parameters.values())[1:]
        return [None for one in needed if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
