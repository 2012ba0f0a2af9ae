from . import portal_submission
from . import portal_proof
