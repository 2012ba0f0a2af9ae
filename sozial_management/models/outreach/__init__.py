from . import outreach, outreach_visit, outreach_paper, benefit_campaign, outreach_letters, res_company, welcome
from . import res_company_needs, private, private_copy, accompanied, works_phase, works, works_sheet, works_visit
from . import home_item, home_funding, ageing, home_check, home_part, home_line, home_measure
