from . import record
from . import waiting
from . import call
