"""What a notice is written from."""

from typing import NamedTuple

PROCEDURES = ("market", "partner", "uvgo", "vgv")
EVIDENCE = {
    "statutes": "Satzung oder Gesellschaftsvertrag",
    "register": "Auszug aus dem Vereins- oder Handelsregister, nicht älter als sechs Monate",
    "tax": "Freistellungsbescheid des Finanzamts, falls Sie als gemeinnützig anerkannt sind",
    "insurance": "Nachweis der Betriebs- oder Vereinshaftpflichtversicherung",
    "protection": "Schutzkonzept gegen Gewalt und Übergriffe",
    "reference": "Referenzen: ähnliche Angebote aus den letzten drei Jahren, mit einer Ansprechperson",
    "conduct": "Erklärung, dass Sie von allen, die mit Kindern, Jugendlichen oder schutzbedürftigen Menschen arbeiten, "
    "ein erweitertes Führungszeugnis (§ 30a BZRG) eingesehen haben",
}


class Lot(NamedTuple):
    name: str
    description: str = ""
    quarter: str = ""
    capacity: str = ""


class Criterion(NamedTuple):
    """:param lot: name of the lot; empty: for all lots
    :param levels: what 0, 1, … 5 points mean
    """

    name: str
    kind: str = "award"
    weight: int = 0
    minimum: int = 0
    description: str = ""
    lot: str = ""
    levels: tuple[str, ...] = ()


class Facts(NamedTuple):
    """The facts of a call as a reader of the notice needs them: dates are texts in local time."""

    procedure: str
    invited: bool
    company: str
    address: str
    number: str
    contact: str
    phone: str
    email: str
    url: str
    occasion: str
    goals: str
    target: str
    lots: tuple[Lot, ...]
    begins: str
    ends: str
    rooms: str
    staff: str
    remuneration: str
    evidence: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    tie_rule: str
    deadline: str
    questions_until: str
    panel: str
    standstill_days: int
    reports: str
    review_body: str
    privacy_contact: str
    authority: str
    annexes: tuple[str, ...] = ()
