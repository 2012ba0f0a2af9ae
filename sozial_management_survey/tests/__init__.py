from . import test_survey
from . import test_survey_pages
from . import test_survey_races
from . import test_survey_reminder
from . import test_survey_removal
from . import test_survey_results
from . import test_survey_secrecy
from . import test_survey_sheet
