"""Who is counted: four age groups and two roles, as funders ask for them."""

AGE_GROUPS = [
    ("children", "Children (under 14)"),
    ("young", "Young people (14 to 26)"),
    ("adults", "Adults (27 to 64)"),
    ("older", "Older people (65 and older)"),
]
ROLES = [("participant", "Participants"), ("volunteer", "Volunteers")]
# more than any hall holds: a slip of the finger
MOST_PEOPLE = 2000
