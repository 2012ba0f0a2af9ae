from . import (
    access_question,
    access_receipt,
    case_close,
    case_grant,
    case_hold,
    case_lockout,
    contact_addendum,
    emergency_open,
    handover_decline,
    offer_finder,
    partner_merge,
    signal_set,
)
