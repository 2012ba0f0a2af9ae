from . import res_partner
from . import evidence
from . import evidence_reminder
from . import evidence_portal
from . import neutral_mail
from . import people
