from . import access_log
from . import catalogue
from . import subject_access
from . import callback
from . import figure_release
