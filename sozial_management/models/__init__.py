from . import contact, stock, tenancy
from . import offer
from . import offer
from . import case, contact, stock, tenancy
