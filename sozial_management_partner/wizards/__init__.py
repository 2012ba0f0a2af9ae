from . import call_check
from . import call_change
