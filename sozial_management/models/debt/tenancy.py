from odoo import api, models

ARREARS = frozenset({"arrears", "arrears_date", "arrears_months"})


class SozialTenancy(models.Model):
    """Where the company does not show arrears to social workers, the tenancy does not show them either."""

    _inherit = "sozial.tenancy"

    def _has_field_access(self, field, operation):
        allowed = super()._has_field_access(field, operation)
        if not allowed or self.env.su or field.name not in ARREARS:
            return allowed
        return self.env.user._sozial_sees_arrears()

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        return (*super()._get_view_cache_key(view_id, view_type, **options), self.env.user._sozial_sees_arrears())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """What shows arrears carries the class `o_sozial_arrears`, and is left out for those who do not see them."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if not self.env.user._sozial_sees_arrears():
            for node in arch.xpath("//*[contains(@class, 'o_sozial_arrears')] | //filter[starts-with(@name, 'arrears')]"):
                node.getparent().remove(node)
            for node in arch.iter("field"):
                if node.get("name") in ARREARS:
                    node.getparent().remove(node)
        return arch, view
