from . import case_close, case_grant, contact_addendum, handover_decline, offer_finder, signal_set
