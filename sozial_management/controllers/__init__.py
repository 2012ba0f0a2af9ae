from . import catalogue
from . import callback
