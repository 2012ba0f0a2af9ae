from . import rule, proposal, protocol, booking, series
