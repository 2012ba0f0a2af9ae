from . import offer
from . import contact, stock, tenancy
