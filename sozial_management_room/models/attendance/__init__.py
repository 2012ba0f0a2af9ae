from . import attendance, count, quarter, sheet, sheet_save, session, tally, hour, booking, fact
from . import retention_rule, retention_proposal, retention_protocol
