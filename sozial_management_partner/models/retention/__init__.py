from . import rule, proposal, protocol, call
