from . import deadline_event, deadline_rule, deadline, deadline_escalation, case, my_day, res_company
