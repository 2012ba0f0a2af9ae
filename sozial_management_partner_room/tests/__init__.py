from . import test_agreement_hours
from . import test_agreement_rooms
from . import test_report
