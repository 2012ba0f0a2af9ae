from . import closure
