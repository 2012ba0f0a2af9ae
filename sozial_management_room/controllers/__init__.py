from . import calendar_feed, door, portal, renewal, waiting
