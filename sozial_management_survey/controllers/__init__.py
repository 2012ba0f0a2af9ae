from . import survey_page, survey_results
