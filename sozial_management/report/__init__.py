from . import consent_form, offer_booklet
