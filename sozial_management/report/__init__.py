from . import (
    access_receipt,
    benefit_letter,
    casework,
    consent_form,
    debt,
    home_check,
    letter,
    mediation,
    offer_booklet,
    outreach,
    subject_access,
    works,
)
