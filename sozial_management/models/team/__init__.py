from . import (
    access,
    case_type,
    transfer,
    transfer_line,
    standin,
    case,
    case_stale,
    caseload,
    second_opinion,
    opinion_question,
    res_company,
    my_day,
)
