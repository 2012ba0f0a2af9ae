from . import (
    log,
    logged,
    confidential,
    case,
)
