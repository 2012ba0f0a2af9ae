from . import (
    access_receipt,
    benefit_letter,
    casework,
    consent_form,
    debt,
    letter,
    mediation,
    offer_booklet,
    outreach,
    subject_access,
    works,
)
