from . import activity, activity_state, session, session_slot, booking, series
