# in the order in which they build on each other
from . import organisation
from . import call
from . import record
from . import submission
from . import opening
from . import keys
from . import review
from . import award
from . import retention
from . import figure
from . import agreement
from . import capacity
from . import referral
from . import network
from . import duty
