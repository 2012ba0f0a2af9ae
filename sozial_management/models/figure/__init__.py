from . import source, release, res_company, fact, fact_counting, case, contact
