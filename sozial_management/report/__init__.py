from . import access_receipt, consent_form, offer_booklet, subject_access, casework, debt, benefit_letter, letter, outreach
