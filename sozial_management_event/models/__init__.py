from . import holder
from . import booking, event, slot
