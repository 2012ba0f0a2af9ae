from . import centre, booking
