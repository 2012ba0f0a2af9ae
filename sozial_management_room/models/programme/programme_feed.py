import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

from lxml import etree

from odoo import api, fields, models

from ...timetable import Event, calendar

FEED_AHEAD = 180


class SozialProgramme(models.AbstractModel):
    """The programme for machines: calendar, news feed, JSON."""

    _inherit = "sozial.programme"

    @api.model
    def _feed_lines(self, company, domain):
        today = fields.Date.context_today(self)
        return self._lines(company, today - timedelta(days=7), today + timedelta(days=FEED_AHEAD), domain)

    @api.model
    def _calendar_text(self, company, lines):
        """RFC 5545; every date an event, what is cancelled stays in it, marked."""
        sessions = self.env["sozial.activity.session"].sudo().browse([line["id"] for line in lines])
        zones = sessions.centre_id.mapped("tz")
        events = [self._event(session, line) for session, line in zip(sessions, lines, strict=True)]
        name = self.env._("Programme of %s", company.name)
        return calendar(name, ZoneInfo(zones[0] if zones else "Europe/Berlin"), events)

    @api.model
    def _event(self, session, line):
        changed = max(session.write_date, session.booking_id.write_date or session.write_date)
        return Event(
            uid=self._uid(session),
            start=session.start,
            stop=session.stop,
            summary=line["name"],
            modified=changed,
            sequence=max(int((changed - session.create_date).total_seconds()), 0),
            location=", ".join(filter(None, (line["room"], line["centre"], line["address"]))),
            description=line["summary"],
            cancelled=line["state"] != "planned",
        )

    @api.model
    def _uid(self, session):
        """The same for good, and telling nothing."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.uuid") or ""
        return hashlib.sha256(f"{secret}/session/{session.id}".encode()).hexdigest()[:32] + "@sozial"

    @api.model
    def _rss_text(self, company, lines, url):
        """RSS 2.0: one item a date."""
        rss = etree.Element("rss", version="2.0")
        channel = etree.SubElement(rss, "channel")
        title = self.env._("Programme of %s", company.name)
        self._tags(channel, title=title, link=url, description=self.env._("What takes place in the centres"))
        sessions = {one.id: one for one in self.env["sozial.activity.session"].sudo().browse([line["id"] for line in lines])}
        for line in lines:
            item = etree.SubElement(channel, "item")
            title = f"{self._day_title(line['day'])}, {line['time']}: {line['name']}"
            self._tags(
                item,
                title=f"{title} ({line['status']})" if line["status"] else title,
                link=f"{url}?woche={self._week_key(line['day'])}",
                description=" · ".join(filter(None, (line["summary"], line["room"], line["centre"], line["cost"], line["reason"]))),
                pubDate=sessions[line["id"]].write_date.strftime("%a, %d %b %Y %H:%M:%S +0000"),
                category=line["kind_label"],
            )
            etree.SubElement(item, "guid", isPermaLink="false").text = self._uid(sessions[line["id"]])
        return etree.tostring(rss, xml_declaration=True, encoding="UTF-8")

    @api.model
    def _tags(self, parent, **texts):
        for name, text in texts.items():
            # what XML cannot hold is left out: a stray control character would break the whole feed
            etree.SubElement(parent, name).text = "".join(char for char in text if char >= " " or char in "\n\t")

    @api.model
    def _json_values(self, lines):
        return [
            {
                **{key: value for key, value in line.items() if key not in ("day", "activity_id", "centre_id", "id")},
                "uid": self._uid(self.env["sozial.activity.session"].browse(line["id"])),
                "start": line["start"].isoformat(),
                "stop": line["stop"].isoformat(),
            }
            for line in lines
        ]
