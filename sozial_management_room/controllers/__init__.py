from . import activity, calendar_feed, door, portal, programme, registration, renewal, tally, waiting
