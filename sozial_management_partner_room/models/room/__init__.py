from . import booking
from . import room
