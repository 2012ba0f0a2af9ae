"""Crons leave no row behind: neither with more rows than a page, nor when the first ones fail again and again."""

from odoo.tests import tagged

from ..models.pages import in_pages
from .common import PartnerCommon


@tagged("post_install", "-at_install")
class TestPages(PartnerCommon):
    def test_every_row_once(self):
        topics = self.env["sozial.topic"].create([{"name": f"Seite {number}"} for number in range(5)])
        mine = [("id", "in", topics.ids)]
        for size in (1, 2, 5, 6):
            self.assertEqual(list(in_pages(topics.browse(), mine, size)), list(topics), "steps that fail change nothing")

    def test_rows_that_are_done_drop_out(self):
        topics = self.env["sozial.topic"].create([{"name": f"Offen {number}"} for number in range(5)])
        seen = []
        for topic in in_pages(topics.browse(), [("name", "like", "Offen"), ("id", "in", topics.ids)], 2):
            topic.name = f"Getan {topic.id}"
            self.env.flush_all()
            seen.append(topic.id)
        self.assertEqual(seen, topics.ids)
