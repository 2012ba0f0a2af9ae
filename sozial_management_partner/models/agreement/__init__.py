from . import agreement
from . import service
from . import agreement_steps
from . import agreement_offers
from . import agreement_clock
from . import agreement_portal
from . import award
