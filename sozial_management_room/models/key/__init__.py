from . import protocol, deposit, booking
