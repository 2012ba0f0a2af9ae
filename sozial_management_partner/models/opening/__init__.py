from . import call
from . import opening
from . import evidence_request
from . import evidence_answer
