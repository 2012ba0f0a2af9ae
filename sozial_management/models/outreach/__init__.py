from . import outreach, outreach_visit, benefit_campaign, outreach_letters, res_company, welcome
