from . import readable
from . import ir_http
