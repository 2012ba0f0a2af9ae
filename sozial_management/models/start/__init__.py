from . import res_company, start
