from . import outreach, outreach_visit, benefit_campaign, outreach_letters, welcome
from . import outreach, outreach_visit, benefit_campaign, outreach_letters, res_company
