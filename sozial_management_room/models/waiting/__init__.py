from . import waiting, slot, offer, booking, centre
