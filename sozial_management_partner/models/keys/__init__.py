from . import key
from . import call
from . import opening
from . import submission
from . import content
