from . import access_receipt, consent_form, offer_booklet, subject_access, casework, debt
from . import access_receipt, consent_form, offer_booklet, subject_access, casework, benefit_letter
