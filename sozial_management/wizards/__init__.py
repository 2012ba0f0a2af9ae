from . import offer_finder
