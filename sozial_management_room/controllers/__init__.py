from . import calendar_feed, door, portal, programme, renewal, tally, waiting
