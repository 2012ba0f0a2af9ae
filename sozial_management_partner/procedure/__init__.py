"""What a call for expressions of interest must get right: pure Python, no Odoo.

``clock``         the deadline to the microsecond, phases, local wall-clock times, standstill
``completeness``  what a submission still lacks
``ranking``       scores 0 to 5 with weights to an order, ties by the published rule, drawn lots
``chain``         a log whose entries hold each other by their hashes
``notice``        what differs between two versions of a notice
``ocds``          a call as a release of the Open Contracting Data Standard 1.1

Nothing here speaks to a person: errors are codes with parameters (``ProcedureError``), which the
caller turns into sentences. Nothing reads the clock or draws a number by itself: moments and
seeds are given, so that every result can be computed again by somebody else.
"""

from .errors import ProcedureError

__all__ = ["ProcedureError"]
