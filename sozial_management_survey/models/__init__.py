from . import survey_answer, survey_ticket, survey_result, outreach, outreach_mail, outreach_visit
