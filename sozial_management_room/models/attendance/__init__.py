from . import attendance, count, quarter, quarter_settle, sheet, sheet_save, session, tally, hour, booking, fact, comparison
from . import retention_rule, retention_proposal, retention_protocol
