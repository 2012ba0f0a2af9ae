from . import outreach, outreach_visit, benefit_campaign, outreach_letters, welcome
