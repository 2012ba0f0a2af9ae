from . import contact, stock, tenancy, offer, case, start, tabular_import  # in the order in which they build on each other
