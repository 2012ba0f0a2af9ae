from . import test_event_room
