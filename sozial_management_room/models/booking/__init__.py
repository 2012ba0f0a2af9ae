from . import occupancy, booking, booking_rules, booking_quota, booking_mail, booking_transitions, booking_reminder
