from . import key
from . import call
from . import recovery
from . import opening
from . import submission
from . import content
