from . import outreach, outreach_visit, benefit_campaign, outreach_letters, res_company, welcome
from . import res_company_needs, private, accompanied, works_phase, works, works_sheet, works_visit
