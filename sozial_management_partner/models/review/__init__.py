from . import member
from . import eligibility
from . import review
from . import score
from . import consensus
from . import call
