from . import test_agreement_rooms
