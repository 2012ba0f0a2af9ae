from odoo import fields, models
from odoo.tools import SQL

from .record import GUARD, TRIGGERS

INSERT = """
    INSERT INTO sozial_call_record_waiting (call_id, at, event, actor, user_id, details)
    VALUES (%(call_id)s, %(at)s, %(event)s, %(actor)s, %(user_id)s, %(details)s::jsonb)
"""


class SozialCallRecordWaiting(models.Model):
    """What happens under the seal: entries that join the file of a call when it is opened.

    In the file itself they would tell how many submissions there are. Here nobody reads them: the
    model has no access lines, and their ids are counted apart. Entries of many bidders at the
    last minute do not wait for each other either, as links of one chain would have to.
    """

    _name = "sozial.call.record.waiting"
    _description = "Sealed entries of the file of a call"
    _order = "call_id, at, id"
    _log_access = False
    _rec_name = "event"
    _sealed = True  # not even their number, see `sozial.sealed`

    call_id = fields.Many2one("sozial.call", "Call", required=True, index=True, ondelete="restrict")
    at = fields.Char("Moment", required=True)
    event = fields.Char("Event (code)", required=True)
    actor = fields.Char("Who", required=True)
    user_id = fields.Many2one("res.users", "User", ondelete="restrict")
    details = fields.Json()

    def init(self):
        """Install the trigger."""
        self.env.cr.execute(GUARD)
        self.env.cr.execute(TRIGGERS % {"table": self._table})

    def _wait(self, **values):
        self.env.cr.execute(SQL(INSERT, **values))
        self.invalidate_model(flush=False)
