"""Calendar feeds, read back by three libraries that calendars use."""

import datetime as dt
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).parents[2]))

import icalendar
import recurring_ical_events
import vobject
from hypothesis import given
from hypothesis import strategies as st
from timetable import Event, Recurrence, calendar

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2026, 11, 22, 8)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n;,\\"), min_size=1, max_size=120)


def group(**values):
    dates = Recurrence.of(dt.date(2026, 3, 24), dt.time(18), dt.time(20), "FREQ=WEEKLY;COUNT=34", BERLIN).expand()
    return [
        Event(uid=f"group-{date.day}@example.org", start=date.start, stop=date.stop, summary="Chor", modified=NOW, **values)
        for date in dates
    ]


def read(text):
    return icalendar.Calendar.from_ical(text)


def test_a_group_stays_at_18_in_every_reader():
    text = calendar("Nachbarschaftstreff", BERLIN, group())
    by_icalendar = [event.start for event in read(text).events]
    by_vobject = [event.dtstart.value for event in vobject.readOne(text).vevent_list]
    by_recurring = [event.start for event in recurring_ical_events.of(read(text)).between((2026, 1, 1), (2027, 1, 1))]
    for starts in (by_icalendar, by_vobject, sorted(by_recurring)):
        assert len(starts) == 34
        assert {start.time() for start in starts} == {dt.time(18)}
        hours = [start.utcoffset() / dt.timedelta(hours=1) for start in starts]
        assert hours == [1, *[2] * 30, 1, 1, 1]


def test_the_zone_is_defined_not_only_named():
    zone = read(calendar("x", BERLIN, group())).walk("VTIMEZONE")[0]
    assert str(zone["TZID"]) == "Europe/Berlin"
    local = zone.to_tz().utcoffset
    assert local(dt.datetime(2026, 7, 1)) == dt.timedelta(hours=2)
    assert local(dt.datetime(2026, 12, 1)) == dt.timedelta(hours=1)


def test_the_hour_that_comes_twice_is_not_mixed_up():
    first, second = dt.datetime(2026, 10, 25, 0, 30), dt.datetime(2026, 10, 25, 1, 30)
    events = [Event(uid=str(at), start=at, stop=at + dt.timedelta(minutes=15), summary="x", modified=NOW) for at in (first, second)]
    starts = [event.start.astimezone(dt.timezone.utc).replace(tzinfo=None) for event in read(calendar("x", BERLIN, events)).events]
    assert starts == [first, second]


def test_a_cancelled_event_is_marked_and_keeps_its_uid():
    event = read(calendar("x", BERLIN, group(cancelled=True, sequence=3))).events[0]
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 3)
    assert str(event["UID"]) == "group-2026-03-24@example.org"


def test_an_empty_feed_is_a_calendar():
    assert read(calendar("Leer", BERLIN, [])).events == []
    assert vobject.readOne(calendar("Leer", BERLIN, [])).name == "VCALENDAR"


def test_lines_are_folded_and_ended_as_the_rfc_wants():
    text = calendar("Straße " * 40, BERLIN, group(description="ä" * 300))
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@given(texts, texts, st.integers(0, 99))
def test_no_text_breaks_out_of_its_line(summary, location, sequence):
    event = Event("u@x", NOW, NOW + dt.timedelta(hours=1), summary, NOW, sequence=sequence, location=location)
    (found,) = read(calendar(summary, BERLIN, [event])).events
    assert str(found["SUMMARY"]) == summary and str(found["LOCATION"]) == location
    assert len(found.keys()) == 10, "and it opens no property of its own"
