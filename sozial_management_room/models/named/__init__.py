from . import named
