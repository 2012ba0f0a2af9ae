"""Who may do what, as data: read by the tests and printed as readme/RIGHTS.md.

A new model gets one line here, in the dict of what binds its rows, and one way to make a row
in `rows.py`; the tests say which of both is missing. Then `./setup/lint --rights` prints anew.
No import here: this file is also read without Odoo.
"""

ROLES = ("frontdesk", "worker", "lead", "privacy", "report", "config", "system", "portal", "public")
OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}

# What each role may do with a model at all (r read, w write, c create, d delete); the rows it
# gets are narrowed by the situations below. Roles that are not named may do nothing.
STOCK = {"frontdesk": "rwc", "worker": "r", "lead": "r", "config": "rwcd"}
LOOKED_UP = {"frontdesk": "r", "worker": "r", "lead": "r", "report": "r", "config": "rwcd"}
TERMS = {"worker": "r", "lead": "r", "config": "rwcd"}
FINDER = dict.fromkeys(("frontdesk", "worker", "lead", "config"), "rwcd")
WORKERS = {"worker": "rwcd", "lead": "rwcd"}
BY_CODE = {"worker": "r", "lead": "r"}

# Bound to a case: every model with a `case_id`, grandchildren included.
OF_A_CASE = {
    "sozial.case": {"worker": "rwc", "lead": "rwc"},
    "sozial.case.access": BY_CODE,
    "sozial.case.lockout": BY_CODE,
    "sozial.case.lockout.set": WORKERS,
    "sozial.case.hold": BY_CODE,
    "sozial.case.erasure.ask": WORKERS,
    "sozial.case.hold.set": WORKERS,
    "sozial.case.participant": WORKERS,
    "sozial.case.close": WORKERS,
    "sozial.case.grant": WORKERS,
    "sozial.duplicate.check": WORKERS,
    "sozial.assessment": WORKERS,
    "sozial.assessment.line": WORKERS,
    "sozial.plan": WORKERS,
    "sozial.plan.agree": WORKERS,
    "sozial.goal": WORKERS,
    "sozial.measure": WORKERS,
    "sozial.debt.claim": WORKERS,
    "sozial.debt.balance": BY_CODE,  # written with the claim
    "sozial.budget": WORKERS,
    "sozial.budget.line": WORKERS,
    "sozial.rent.due": WORKERS,
    "sozial.benefit.check": WORKERS,
    "sozial.benefit.check.person": WORKERS,
    "sozial.benefit.application": WORKERS,
    "sozial.benefit.application.document": WORKERS,
    "sozial.settlement": WORKERS,
    "sozial.settlement.line": BY_CODE,  # the computation's
    "sozial.instalment.plan": WORKERS,
    "sozial.instalment.share": WORKERS,
    # made by the plan; people enter payments
    "sozial.instalment": {"worker": "rw", "lead": "rw"},
    "sozial.fund.request": WORKERS,
    "sozial.contact": WORKERS,
    "sozial.contact.addendum": WORKERS,
    "sozial.contact.draft": WORKERS,
    "sozial.letter": WORKERS,
    "sozial.group.session": WORKERS,
    "sozial.deadline": WORKERS,
    "sozial.deadline.start": WORKERS,
    "sozial.case.step": WORKERS,
    "sozial.second.opinion": WORKERS,
    "sozial.mediation": WORKERS,
    "sozial.mediation.party": WORKERS,
    "sozial.mediation.answer": {"worker": "rc", "lead": "rc"},
    "sozial.mediation.session": WORKERS,
    "sozial.mediation.agreement": WORKERS,
    "sozial.mediation.signature": {"worker": "rcd", "lead": "rcd"},
    "sozial.mediation.reader": BY_CODE,
    "sozial.mediation.note": WORKERS,
    "sozial.case.transfer.line": {"worker": "rw", "lead": "rw"},
    "sozial.consent": WORKERS,
    "sozial.case.signal": BY_CODE,
    "sozial.signal.set": WORKERS,
    # made by code; whom a paragraph is about, and whether it goes out, is said by people
    "sozial.passage": {"worker": "rw", "lead": "rw"},
    "sozial.subject.line": {"worker": "rw", "lead": "rw"},
    "sozial.subject.part": {"worker": "rwc", "lead": "rwc"},
    "sozial.access.receipt": WORKERS,
}

# Bound to a company: whoever may read, reads what belongs to the own companies.
OF_A_COMPANY = {
    "sozial.quarter": STOCK,
    "sozial.building": STOCK,
    "sozial.dwelling": STOCK,
    # deleting one would silently empty it on cases; a tenancy ends, it is not deleted
    "sozial.tenancy": {**STOCK, "config": "rwc"},
    "sozial.tenancy.occupant": {**STOCK, "frontdesk": "rwcd"},
    "sozial.tenancy.signal": {"frontdesk": "r"},
    "sozial.offer": {"frontdesk": "r", "worker": "rwc", "lead": "rwcd", "config": "rwcd"},
    "sozial.offer.hour": {"frontdesk": "r", "worker": "rwcd", "lead": "rwcd", "config": "rwcd"},
    "sozial.import.profile": {"config": "rwcd"},
    "sozial.import.run": {"config": "rwcd"},
    "sozial.import.column": {"config": "rwcd"},
    "sozial.import.row": {"config": "r"},
    "sozial.import.proposal": {"config": "rw"},
    "sozial.access.log": {"privacy": "r"},
    "sozial.access.review": {"privacy": "r"},
    "sozial.access.policy": {"privacy": "rwc"},
    "sozial.access.unusual": {"privacy": "r"},
    "sozial.emergency": {"privacy": "r"},
    "sozial.caseload": {"lead": "r"},
    "sozial.retention.proposal": {"privacy": "rw"},
    "sozial.retention.protocol": {"privacy": "r"},
    "sozial.retention.rule": {"lead": "r", "privacy": "rwcd", "config": "r"},
    "sozial.subject.request": {"privacy": "rwc"},
    # facts are for nobody: what leaves is published figures
    "sozial.case.fact": {},
    "sozial.outreach": {"worker": "r", "lead": "rwcd"},
    "sozial.outreach.visit": {"worker": "rw", "lead": "rw"},  # made by the outreach
    "sozial.works.phase": {"worker": "r", "lead": "rwcd"},
    "sozial.project": WORKERS,
    "sozial.project.aim": WORKERS,
    "sozial.project.partner": WORKERS,
    "sozial.project.activity": WORKERS,
    "sozial.project.budget": WORKERS,
    "sozial.project.expense": WORKERS,
    "sozial.project.funding": WORKERS,
    "sozial.project.picture": WORKERS,
    "sozial.fund": {"worker": "r", "lead": "rwcd"},
    "sozial.fund.plan": {"worker": "r", "lead": "rwcd"},
    # made by an approval; whoever pays enters the payment
    "sozial.fund.entry": {"lead": "rw"},
    "sozial.benefit.fact": {},
    "sozial.mediation.fact": {},
    "sozial.quarter.fact": {},
    "sozial.figure.release": {"lead": "r", "report": "r"},
}

# Bound to whoever made the row, and to whom it concerns: dialogs that tell what somebody looked up or wrote.
OF_ITS_AUTHOR = {
    "sozial.offer.finder": FINDER,
    "sozial.benefit.quick": WORKERS,
    "sozial.benefit.quick.person": WORKERS,
    "sozial.offer.finder.line": FINDER,
    "sozial.emergency.open": WORKERS,
    "sozial.access.question": {"privacy": "rwcd"},
    "sozial.handover.decline": WORKERS,
    "sozial.handover.join": WORKERS,
    "sozial.retention.decide": {"privacy": "rwcd"},
    "sozial.case.transfer": {"worker": "rw", "lead": "rw"},
    "sozial.case.transfer.ask": WORKERS,
    "sozial.opinion.question": {"worker": "rw", "lead": "rw"},
    "sozial.standin": BY_CODE,
    "sozial.standin.ask": WORKERS,
    "sozial.figure.request": {"lead": "rwcd", "report": "rwcd"},
    "sozial.quarter.overview": {"lead": "rwcd", "report": "rwcd"},
}

# Bound to an outreach: what is noted at a dwelling is for those who work on it, not even for the head.
OF_AN_OUTREACH = {
    "sozial.works.sheet": {"worker": "rw", "lead": "rw"},  # made by the outreach
    "sozial.home.check": WORKERS,
    "sozial.home.line": WORKERS,
    "sozial.home.measure": WORKERS,
}

# The inbox has situations of its own.
OF_THE_INBOX = {
    "sozial.handover": {"frontdesk": "rwc", "worker": "rwc", "lead": "rwc"},
}

# The same for all companies: words to choose from.
OF_EVERYBODY = {
    "sozial.language": {"frontdesk": "r", "worker": "r", "lead": "r", "privacy": "r", "config": "rwcd"},
    "sozial.topic": LOOKED_UP,
    "sozial.target.group": LOOKED_UP,
    "sozial.case.type": {**LOOKED_UP, "privacy": "r"},
    "sozial.life.area": TERMS,
    "sozial.home.item": TERMS,
    "sozial.home.funding": TERMS,
    "sozial.budget.category": TERMS,
    "sozial.benefit": TERMS,
    "sozial.benefit.document": TERMS,
    "sozial.offer.category": {"frontdesk": "r", "worker": "r", "lead": "r", "config": "rwcd"},
    "sozial.letter.template": TERMS,
    "sozial.letter.text": TERMS,
    "sozial.deadline.event": TERMS,
    "sozial.deadline.rule": TERMS,
    "sozial.case.template.step": TERMS,
    "sozial.consent.text": {"worker": "r", "lead": "r", "privacy": "rw", "config": "rwcd"},
    "sozial.consent.purpose": TERMS,
    "sozial.consent.category": TERMS,
    "sozial.callback.attempt": {},
}

MATRIX = {**OF_A_CASE, **OF_A_COMPANY, **OF_ITS_AUTHOR, **OF_AN_OUTREACH, **OF_THE_INBOX, **OF_EVERYBODY}

NOBODY = {}
BOTH = {"worker": "rwcd", "lead": "rwcd"}
ALL = dict.fromkeys(ROLES, "rwcd")

# What binds a row → situation → (what it means, who may then use the row, and how far). What a
# role may do is what stands both here and above. Who may do nothing is tried with a forged
# grant wherever somebody else has a real one: the roles alone must hold.
SITUATIONS = {
    "case": {
        "own": ("leads the case", BOTH),
        "team": ("works along with a grant", BOTH),
        "stand-in": ("stands in until tomorrow", BOTH),
        "emergency": ("opened the case in an emergency, for three hours", BOTH),
        "other": ("a colleague's case, no grant of one's own; the head has standing access", {"lead": "rwcd"}),
        "strict": ("a colleague's strictly confidential case", NOBODY),
        "revoked": ("had a grant that was ended", NOBODY),
        "expired": ("had a grant until a minute ago", NOBODY),
        "future": ("has a grant from tomorrow on", NOBODY),
        "locked out": ("has a grant and a conflict of interest", NOBODY),
        "other company": ("has a grant on a case of a company one does not belong to", NOBODY),
    },
    "company": {
        "own company": ("the row belongs to the company one works for", ALL),
        "other company": ("the row belongs to another company", NOBODY),
    },
    "author": {
        "own": ("one made the row oneself", ALL),
        "somebody else's": ("a colleague made the row", NOBODY),
    },
    "outreach": {
        "responsible": ("answers for the outreach", ALL),
        "along": ("works along on the outreach", ALL),
        "somebody else's": ("an outreach on which one does not work", NOBODY),
        "other company": ("works along on an outreach of another company", NOBODY),
    },
    "inbox": {
        "own": ("handed over by oneself, nobody took it yet", {"frontdesk": "rwc", "worker": "rwc", "lead": "rwc"}),
        "new": ("handed over by somebody else, nobody took it yet", {"worker": "rc", "lead": "rc"}),
        "taken by oneself": ("somebody else's, one took it", {"worker": "rc", "lead": "rc"}),
        "taken": ("somebody else's, a colleague took it", NOBODY),
        "other company": ("the row belongs to another company", NOBODY),
    },
    "everybody": {
        "any": ("rows are the same for all companies", ALL),
    },
}
BOUND = {
    "case": OF_A_CASE,
    "company": OF_A_COMPANY,
    "author": OF_ITS_AUTHOR,
    "outreach": OF_AN_OUTREACH,
    "inbox": OF_THE_INBOX,
    "everybody": OF_EVERYBODY,
}


def allowed(model, role, binding, situation):
    """Letters of what a role may do with a row of a model in a situation."""
    there = SITUATIONS[binding][situation][1].get(role, "")
    return "".join(letter for letter in MATRIX[model].get(role, "") if letter in there)
