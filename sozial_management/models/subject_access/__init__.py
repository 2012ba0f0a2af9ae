from . import (
    copy_mixin,
    passage,
    contact,
    case_passages,
    answer,
    subject_request,
    subject_request_answer,
    subject_part,
    subject_part_answer,
    subject_line,
    res_company,
)
