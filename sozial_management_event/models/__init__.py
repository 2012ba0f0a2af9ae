from . import booking, event
