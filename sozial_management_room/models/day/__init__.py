from . import day, set_up
