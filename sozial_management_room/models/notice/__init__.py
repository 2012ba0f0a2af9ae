from . import notice, room
