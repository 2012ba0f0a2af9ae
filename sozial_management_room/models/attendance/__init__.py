from . import quarter, quarter_settle, quarter_complete
from . import attendance, count, sheet, sheet_save, session, tally, hour, booking, fact, comparison
from . import retention_rule, retention_proposal, retention_protocol
