from . import readable
