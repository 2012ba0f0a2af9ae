from . import centre
from . import room
from . import booking
from . import timeline
from . import series
from . import closure
from . import door
from . import portal
