from . import case_close, case_grant, contact_addendum, handover_decline, offer_finder, signal_set
from . import case_close, case_grant, case_lockout, contact_addendum, emergency_open, handover_decline, offer_finder, partner_merge
