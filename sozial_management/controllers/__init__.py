from . import access_log
from . import catalogue
from . import callback
