from . import exception, series, occupancy, series_preview, series_booking, series_change, booking, feed, renewal
