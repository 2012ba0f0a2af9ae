from . import centre
from . import room
from . import closure
from . import booking
from . import timeline
