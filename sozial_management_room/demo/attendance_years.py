"""Attendance of former years for the demo, so that reports, comparisons and costs have something to tell. Invented.

Every date follows from the day of the installation, in whatever days of a year. Sessions lie outside the own rooms: nothing
is booked afterwards. Names of former years are gone as the retention rule has it; numbers and hours of volunteers stay.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

YEARS = 3  # whole years before the running one
MONTHS = range(12 * (YEARS + 1) - 1, -1, -1)
LEADER, DEPUTY, YOGA, WORKSHOP = (f"partner_lindenhof_{name}" for name in ("leitung", "vertretung", "yoga", "werkstatt"))


@dataclass(frozen=True)
class Group:
    """An activity once a month. `people`: age group, how many at least, how many more by turns and with every year."""

    activity: str
    leader: str
    day: int  # the first such weekday from this day of the month on
    weekday: int
    hour: int
    minutes: int
    place: str
    expense: int
    people: tuple
    helpers: tuple = ()
    everybody: bool = False  # the numbers count those on the list, too


def led(name):
    return f"partner_leader_{name}"


# small groups are among them on purpose: their figures are hidden
GROUPS = (
    Group("cafe", LEADER, 3, 0, 15, 120, "Foyer", 34, (("adults", 9, 5, 1), ("older", 8, 3, 0)), (4, 5, 6)),
    Group("cafe", DEPUTY, 17, 0, 15, 120, "Foyer", 30, (("adults", 8, 6, 1), ("older", 9, 4, 0)), (4, 6, 7)),
    Group("yoga", YOGA, 5, 3, 10, 60, "Garten", 60, (("older", 8, 4, 1),)),
    Group("sprech", LEADER, 9, 4, 14, 120, "Büro im Erdgeschoss", 0, (("adults", 1, 2, 0), ("older", 1, 2, 0))),
    Group("hausaufgaben", LEADER, 6, 1, 14, 120, "Mensa der Grundschule", 0, (("children", 9, 6, 1),), (8, 9)),
    Group("fahrrad", WORKSHOP, 11, 2, 16, 120, "Hof", 45, (("young", 2, 2, 0),), (7,)),
    Group("kochen", DEPUTY, 19, 3, 17, 180, "Küche der Grundschule", 55, (("young", 6, 3, 0), ("older", 8, 4, 1)), (4,)),
    Group("fruehstueck", led("fruehstueck"), 4, 1, 9, 120, "Foyer", 40, (("adults", 8, 5, 0), ("older", 10, 6, 1)), (10, 11, 12), True),
    Group("tanz", led("tanz"), 12, 2, 10, 90, "Foyer", 50, (("older", 9, 5, 1),), (12, 13)),
    Group("spielkreis", led("spielkreis"), 14, 3, 9, 90, "Garten", 30, (("children", 8, 5, 1), ("adults", 8, 4, 1))),
    Group("naehcafe", led("naehcafe"), 7, 4, 15, 150, "Foyer", 35, (("adults", 8, 4, 1), ("young", 1, 3, 0))),
    Group("spiele", led("spiele"), 10, 0, 14, 180, "Foyer", 18, (("older", 9, 6, 0),)),
    Group("chor", led("chor"), 18, 1, 18, 90, "Aula der Gesamtschule", 45, (("adults", 10, 5, 2), ("older", 8, 3, 1))),
)
# once a year: activity, month, hour, hours, place, expense, and how many; more helpers than are known by name
FEASTS = (
    ("advent", 12, 14, 4, "Hof und Saal", 410, {
        "participant": {"children": 38, "young": 17, "adults": 46, "older": 31}, "volunteer": {"adults": 14, "young": 9},
    }),
    ("ausflug", 6, 9, 6, "Treffpunkt: Haltestelle Lindenhof", 165, {"participant": {"older": 19}, "volunteer": {"adults": 8}}),
)  # fmt: skip
# hours of former years as they were written down, once a month: volunteer, centre, minutes, what
HOURS = (
    (4, "lindenhof", 300, "Sprachcafé und Küche"),
    (5, "lindenhof", 120, "Sprachcafé"),
    (6, "lindenhof", 240, "Sprachcafé"),
    (7, "lindenhof", 180, "Fahrradwerkstatt"),
    (8, "lindenhof", 120, "Hausaufgabenhilfe"),
    (9, "lindenhof", 150, "Hausaufgabenhilfe"),
    (1, "begegnungszentrum", 240, "Frühstückstreff"),
    (10, "begegnungszentrum", 120, "Frühstückstreff"),
    (11, "begegnungszentrum", 150, "Frühstückstreff"),
    (12, "begegnungszentrum", 210, "Tanz im Sitzen"),
    (13, "begegnungszentrum", 90, "Tanz im Sitzen"),
)


class AttendanceYears:
    """Sessions, counts and hours from the tables above, until the day before the installation."""

    def __init__(self, env):
        self.env = env
        self.today = fields.Date.context_today(env.user)
        self.first_year = self.today.year - YEARS

    def load(self):
        self.env["sozial.activity.session"].create([*self._groups(), *self._feasts()])
        self.env["sozial.volunteer.hour"].create(list(self._hours()))

    def _id(self, name):
        return self.env.ref(f"sozial_management_room.demo_{name}").id

    def _over(self, day):
        return self.first_year <= day.year and day < self.today

    def _groups(self):
        for ago in MONTHS:
            for group in GROUPS:
                day = self.today + relativedelta(months=-ago, day=group.day, weekday=group.weekday)
                if not self._over(day):
                    continue
                later = day.year - self.first_year
                counts = [
                    ("participant", age, least + (7 * ago + group.day) % more + growth * later) for age, least, more, growth in group.people
                ]
                expense = group.expense and group.expense + 4 * (ago % 3)
                named = group.helpers if day.year == self.today.year else ()
                if named and group.everybody:
                    counts.append(("volunteer", "adults", len(named)))
                times = self._times(day, group.hour, group.minutes)
                mode = "everybody" if group.everybody else "others"
                yield self._session(group.activity, group.leader, times, group.place, counts, named, expense=expense, mode=mode)

    def _feasts(self):
        for ago in range(YEARS, -1, -1):
            for activity, month, hour, hours, place, expense, people in FEASTS:
                day = self.today + relativedelta(years=-ago, month=month, day=8, weekday=5)
                if self._over(day):
                    counts = [(role, age, number - 2 * ago) for role, ages in people.items() for age, number in ages.items()]
                    yield self._session(activity, LEADER, self._times(day, hour, 60 * hours), place, counts, expense=expense)

    def _session(self, activity, leader, times, place, counts, helpers=(), **sheet):
        start, stop = times
        volunteers = self.env["sozial.volunteer"].browse(self._id(f"volunteer_{number}") for number in helpers)
        sheet = {**sheet, "counted_at": stop + timedelta(minutes=5), "counted_by": self._id("user_room_manager")}
        return {
            "activity_id": self._id(f"activity_{activity}"), "leader_id": self._id(leader), "start": start, "stop": stop, "place": place,
            "count_ids": [Command.create({"role": role, "age_group": age, "number": number}) for role, age, number in counts],
            "attendance_ids": [
                Command.create({"name": one.display_name, "volunteer_id": one.id, "role": "volunteer"}) for one in volunteers
            ],
            "sheet_ids": [Command.create(sheet)],
        }  # fmt: skip

    def _times(self, day, hour, minutes):
        """Begin and end, from an hour on the clock of the centres."""
        centre = self.env.ref("sozial_management_room.demo_centre_lindenhof")
        start = centre._to_utc(datetime.combine(day, time(hour)))
        return start, start + timedelta(minutes=minutes)

    def _hours(self):
        for ago in MONTHS:
            day = self.today + relativedelta(months=-ago, day=16)
            if self.first_year <= day.year < self.today.year:
                for volunteer, centre, minutes, task in HOURS:
                    yield {
                        "volunteer_id": self._id(f"volunteer_{volunteer}"), "centre_id": self._id(f"centre_{centre}"),
                        "day": day, "minutes": minutes + 30 * (ago % 3), "task": task,
                    }  # fmt: skip
