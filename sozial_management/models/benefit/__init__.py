from . import (
    benefit,
    benefit_document,
    check_person,
    check_inputs,
    check_person_case,
    check,
    application_document,
    application,
    application_steps,
    case,
)
