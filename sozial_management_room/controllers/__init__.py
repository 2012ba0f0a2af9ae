from . import calendar_feed, renewal
