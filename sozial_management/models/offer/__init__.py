from . import topic
from . import target_group
from . import offer_category
from . import offer
from . import offer_hour
