from . import occupancy, booking, booking_rules, booking_quota, booking_mail, booking_transitions, booking_check_in, booking_reminder
