from . import contact, stock, tenancy
from . import offer
