from . import centre
from . import room
from . import booking
from . import waiting
from . import room_waiting
