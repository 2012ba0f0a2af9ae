# in the order in which they build on each other
from . import contact, stock, tenancy, offer, case, access_log, consent, retention, start, tabular_import
