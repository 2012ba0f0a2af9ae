from . import contact, stock, tenancy, offer, case, consent, start, tabular_import  # in the order in which they build on each other
