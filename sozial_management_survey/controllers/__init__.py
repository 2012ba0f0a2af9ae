from . import survey_page
