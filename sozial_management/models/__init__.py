from . import contact, stock, tenancy, offer, case, start  # in the order in which they build on each other
from . import contact, stock, tenancy, offer, case, tabular_import  # in the order in which they build on each other
