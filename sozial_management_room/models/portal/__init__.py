from . import centre
from . import room
from . import booking
