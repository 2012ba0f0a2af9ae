from . import res_company
from . import capacity
from . import capacity_telling
from . import capacity_mail
