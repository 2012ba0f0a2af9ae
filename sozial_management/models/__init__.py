from . import contact, stock, tenancy, offer, case  # in the order in which they build on each other
