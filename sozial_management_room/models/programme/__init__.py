from . import programme, programme_filter, programme_feed, door
