from . import res_company
from . import survey_answer, survey_ticket, survey_result, survey_survey, survey_question
from . import (
    outreach,
    outreach_codes,
    outreach_mail,
    outreach_reminder,
    outreach_questionnaire,
    outreach_results,
    outreach_sheet,
    outreach_visit,
)
