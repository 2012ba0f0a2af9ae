from . import call_check
from . import call_change
from . import call_secret
from . import call_step
from . import proof_repayment
