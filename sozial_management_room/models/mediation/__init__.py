from . import booking, session
