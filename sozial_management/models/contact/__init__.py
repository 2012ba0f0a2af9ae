from . import language, res_partner
