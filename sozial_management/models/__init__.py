# in the order in which they build on each other
from . import contact, stock, tenancy, offer, case, access_log, consent, start, tabular_import
from . import contact, stock, tenancy, offer, case, consent, retention, start, tabular_import  # in the order in which they build on each other
