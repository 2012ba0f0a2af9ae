from . import fact
from . import referral
from . import network
