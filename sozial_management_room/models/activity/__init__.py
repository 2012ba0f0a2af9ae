from . import activity, activity_state, session, session_slot, partners, booking, series
