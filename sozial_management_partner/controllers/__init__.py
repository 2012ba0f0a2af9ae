from . import portal_agreement
from . import portal_submission
from . import portal_proof
from . import public_call
from . import public_registration
from . import portal_call
from . import portal_evidence
