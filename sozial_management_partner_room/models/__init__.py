from . import room
from . import agreement
from . import duty
