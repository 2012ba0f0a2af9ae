from . import skill, volunteer, hour, allowance, volunteer_allowance, volunteer_papers
from . import retention_rule, retention_proposal, retention_protocol
