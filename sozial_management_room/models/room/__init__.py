from . import atom, feature, seating, condition, fee, room, room_search
