from . import calendar_feed, portal, renewal
