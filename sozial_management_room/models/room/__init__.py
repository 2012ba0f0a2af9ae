from . import atom, feature, seating, condition, fee, room
