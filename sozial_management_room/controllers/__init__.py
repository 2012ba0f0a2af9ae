from . import calendar_feed, door, portal, programme, renewal, tally, waiting
from . import activity, registration, calendar_feed, door, portal, renewal, waiting
