"""The rule by which vacant dwellings are proposed to somebody who looks for one.

A dwelling **fits** when nothing that is known speaks against it. What is not known (a rent nobody has
entered, a number of rooms) never excludes: it becomes something to ask. Who needs a step-free dwelling gets
one that is accessible itself, or lies on the ground floor of, or can be reached by lift in, a building with
a step-free entrance. Wanted quarters come first and exclude nothing: a roof elsewhere is better than none.
"""
from dataclasses import dataclass, field

QUARTER, RENT, ROOMS, ACCESS, OPEN_QUESTION = 4, 2, 2, 2, -1


@dataclass(frozen=True)
class Need:
    """What somebody looks for; zero and empty mean: all the same."""

    rooms_min: float = 0
    rooms_max: float = 0
    rent_max: float = 0
    step_free: bool = False
    lift: bool = False
    quarters: frozenset = frozenset()


@dataclass(frozen=True)
class Vacant:
    """A vacant dwelling as the rule sees it; zero means: not known."""

    key: object
    rooms: float = 0
    rent: float = 0
    floor: int = 0
    accessible: bool = False
    entrance_step_free: bool = False
    lift: bool = False
    quarter: object = None

    @property
    def step_free(self):
        """Whether somebody with a wheelchair gets to it."""
        return self.accessible or self.entrance_step_free and (self.lift or self.floor == 0)


@dataclass
class Proposal:
    """A dwelling that fits: why, and what is still to be asked. Codes, put into words elsewhere."""

    key: object
    score: int = 0
    reasons: list = field(default_factory=list)
    questions: list = field(default_factory=list)


def propose(need, dwelling):
    """Why a dwelling fits a need.

    :return: a `Proposal`, or None if something speaks against it
    """
    if need.step_free and not dwelling.step_free or need.lift and not (dwelling.lift or dwelling.floor == 0):
        return None
    rooms, rent = dwelling.rooms, dwelling.rent
    if rooms and (rooms < need.rooms_min or need.rooms_max and rooms > need.rooms_max):
        return None
    if need.rent_max and rent > need.rent_max:
        return None
    proposal = Proposal(dwelling.key)
    _say(proposal, "rooms", need.rooms_min or need.rooms_max, rooms, ROOMS)
    _say(proposal, "rent", need.rent_max, rent, RENT)
    if need.step_free:
        _say(proposal, "step_free", True, True, ACCESS)
    if need.lift:
        _say(proposal, "lift" if dwelling.lift else "ground_floor", True, True, ACCESS)
    if dwelling.quarter in need.quarters:
        _say(proposal, "quarter", True, True, QUARTER)
    return proposal


def _say(proposal, code, wanted, known, weight):
    """A wish that is met is a reason; one that cannot be judged is a question."""
    if wanted and known:
        proposal.reasons.append(code)
        proposal.score += weight
    elif wanted:
        proposal.questions.append(code)
        proposal.score += OPEN_QUESTION
