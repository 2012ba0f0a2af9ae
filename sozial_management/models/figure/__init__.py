from . import source, release, res_company, fact, fact_counting, case, case_pivot, contact, benefit_fact, benefit_application
from . import mediation_fact, mediation, quarter_fact
