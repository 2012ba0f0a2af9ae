from . import report
from . import report_visits
