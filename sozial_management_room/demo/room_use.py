"""Bookings of the last half year for the demo, so that utilisation, paid and free use have something to tell. Invented.

Every date follows from the day of the installation. They are entered as over: nobody gets a mail, and no slot is taken.
"""

from datetime import datetime, time, timedelta

from odoo import fields

WEEKS = 26
# what, room, weekday, from, hours, for whom (empty: the centre itself) and as which group, every how many weeks
USES = (
    ("Chorprobe", "saal", 0, 18, 2, "chor", "partner", 1),
    ("Seniorengymnastik", "saal_links", 1, 9, 2, "awo", "partner", 1),
    ("Frühstückstreff", "kueche", 1, 9, 3, "", "own", 1),
    ("Kindertanz", "saal_rechts", 2, 15, 2, "eltern", "partner", 1),
    ("Tanz im Sitzen", "saal_links", 2, 10, 2, "", "own", 1),
    ("Soziale Beratung", "beratung", 3, 13, 4, "", "own", 1),
    ("Spieleabend", "saal_rechts", 4, 19, 3, "awo", "partner", 2),
    ("Familienfeier", "saal", 5, 15, 6, "eltern", "tenant", 3),
    ("Betriebsversammlung", "saal", 3, 9, 3, "sport", "outside", 5),
    ("Spielenachmittag", "treff_raum", 0, 14, 3, "", "own", 1),
    ("Yoga", "treff_raum", 2, 18, 2, "sport", "outside", 1),
    ("Krabbelgruppe", "treff_raum", 3, 9, 2, "eltern", "partner", 1),
    ("Reparaturtreff", "treff_werkstatt", 4, 15, 3, "", "own", 2),
    ("Sprachcafé", "lindenhof_saal", 0, 15, 2, "", "own", 1),
    ("Yoga auf dem Stuhl", "lindenhof_gruppe", 3, 10, 1, "", "own", 1),
    ("Kochen der Generationen", "lindenhof_saal", 3, 17, 3, "", "own", 2),
    ("Hausaufgabenhilfe", "lindenhof_gruppe", 1, 14, 2, "", "own", 1),
)


def load_room_use(env):
    """Book what was used in the weeks before today."""
    today = fields.Date.context_today(env.user)
    bookings = env["sozial.room.booking"].create(
        [
            _values(env, monday + timedelta(days=weekday), name, room, hour, hours, partner, group)
            for week in range(WEEKS, 0, -1)
            for monday in [today - timedelta(days=7 * week + today.weekday())]
            for name, room, weekday, hour, hours, partner, group, every in USES
            if week % every == 0
        ]
    )
    bookings._set_state("done")


def _values(env, day, name, room, hour, hours, partner, group):
    def of(name):
        return env.ref(f"sozial_management_room.demo_{name}")

    room = of(f"room_{room}")
    start = room.centre_id._to_utc(datetime.combine(day, time(hour)))
    return {
        "name": name, "room_id": room.id, "start": start, "stop": start + timedelta(hours=hours), "persons": 8,
        "partner_id": partner and of(f"partner_room_{partner}").id, "customer_group": group, "terms_accepted": True,
    }  # fmt: skip
