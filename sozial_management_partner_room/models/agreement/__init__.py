from . import agreement
from . import agreement_rooms
