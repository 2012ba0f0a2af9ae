from . import language, res_company, res_partner
