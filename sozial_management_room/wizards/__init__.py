from . import series_plan, series_plan_line, series_change, series_cancel, closure_end
from . import room_search, room_search_date, room_search_fit
from . import activity_away, activity_message
from . import booking_decline
from . import programme_print
from . import activity_report
from . import quarter_lock
from . import utilisation
