from . import centre
