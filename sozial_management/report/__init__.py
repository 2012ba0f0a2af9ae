from . import offer_booklet
