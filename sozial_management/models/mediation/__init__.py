# in the order in which they build on each other
from . import (
    case_type,
    mediation,
    part,
    part_of_party,
    party,
    answer,
    session,
    agreement,
    signature,
    reader,
    access,
    note,
    mediation_steps,
    mediators,
    case,
)
