from . import test_event_back
from . import test_event_room
from . import test_event_slots
