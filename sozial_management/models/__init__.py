# in the order in which they build on each other
from . import (
    contact,
    portal,
    stock,
    tenancy,
    offer,
    case,
    access_log,
    consent,
    retention,
    subject_access,
    assessment,
    plan,
    deadline,
    figure,
    start,
    tabular_import,
)
