from . import registration, seat, answer, mail, activity, activity_public, session, booking, portal
from . import retention_rule, retention_proposal, retention_protocol
