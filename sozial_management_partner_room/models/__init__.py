from . import room
from . import agreement
