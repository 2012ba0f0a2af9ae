"""The 18 sections together."""

from . import law, process, subject
from .facts import Facts
from .headings import HEADINGS

WRITERS = {
    1: subject.sender,
    2: subject.occasion,
    3: subject.goals,
    4: subject.services,
    5: subject.terms,
    6: law.procedure,
    7: law.participants,
    8: law.eligibility,
    9: law.documents,
    10: law.criteria,
    11: law.form,
    12: process.questions,
    13: process.course,
    14: process.notices,
    15: process.agreement,
    16: process.privacy,
    17: process.reservations,
    18: process.annexes,
}


def sections(facts: Facts) -> dict[int, str]:
    """HTML of every section by its number. A section that needs a fact which is not there is empty."""
    return {number: WRITERS[number](facts) for number in HEADINGS}
