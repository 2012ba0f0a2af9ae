from . import test_timeline
from . import test_timeline_tour
from . import test_portal
from . import test_room_tours
