from . import tenancy, occupant
