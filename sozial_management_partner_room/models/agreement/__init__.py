from . import agreement
from . import hour
from . import hour_booking
from . import agreement_rooms
