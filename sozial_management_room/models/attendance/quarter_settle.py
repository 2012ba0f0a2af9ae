from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

# companies whose row this transaction holds
HELD = "sozial_open_companies"


class SozialActivityQuarter(models.Model):
    """Attendance that is saved while its calendar quarter is being locked: counted or refused, never lost.

    Transactions see the database as it was when they began. So whoever saves attendance holds the row of the company,
    together with all others who do, and whoever locks a quarter changes it. Of the two, the one that comes second

    * saves: collides with the changed row, is repeated by Odoo, finds the lock and is refused;
    * locks: waits until all have saved, looks once more with fresh eyes, and is repeated if there is something new.
    """

    _inherit = "sozial.activity.quarter"

    @api.model
    def _hold_open(self, companies):
        """No quarter of these companies is locked unnoticed before this transaction ends."""
        held = self.env.cr.cache.setdefault(HELD, set())
        if self.env.cr.readonly or not (ids := sorted(set(companies) - held)):
            return
        self.env.cr.execute(SQL("SELECT id FROM res_company WHERE id = ANY(%s) ORDER BY id FOR SHARE", ids))
        held.update(ids)

    @api.model
    def _wait_for_attendance(self, company, first_day, centres=()):
        """Lock a quarter only in sight of everything that was saved.

        :param centres: whose numbers; none: those of the whole company
        :raise ConcurrencyError: if somebody saved since this transaction began; Odoo repeats the request
        """
        self.env["sozial.figure.release"].sudo()._one_at_a_time(company)
        if not self.pool.ready:
            return  # demo data while the addon is being installed: nobody else saves, nor sees the tables yet
        self.env.flush_all()
        query = self._settled_query(company, first_day, centres)
        mine = self.env.execute_query(query)
        with self.env.registry.cursor() as fresh:
            fresh.execute(query)
            theirs = {(kind, row): written for kind, row, _created, written in fresh.fetchall()}
        known = {(kind, row): written for kind, row, _created, written in mine}
        begun = self.env.cr.now()
        new = [key for key, written in theirs.items() if key not in known or known[key] < written]
        gone = [(kind, row) for kind, row, created, _written in mine if (kind, row) not in theirs and created < begun]
        if new or gone:
            raise ConcurrencyError("attendance was saved while its calendar quarter was being locked")

    @api.model
    def _settled_query(self, company, first_day, centres):
        """Every row that the numbers of a quarter are made of, and when it was written."""
        begin = fields.Datetime.to_datetime(first_day)
        last_day = fields.Date.add(first_day, months=3)
        # a day of grace on both sides: the quarter is that of the centres' clocks
        span = {"since": fields.Datetime.add(begin, days=-1), "until": fields.Datetime.add(begin, months=3, days=1)}
        of_centres = SQL("AND centre_id = ANY(%s)", centres.ids) if centres else SQL()
        return SQL(
            """
            WITH held AS (
                SELECT id, create_date, write_date FROM sozial_activity_session
                 WHERE company_id = %(company)s AND start >= %(since)s AND start < %(until)s %(of_centres)s
            )
            SELECT 'session', id, create_date, write_date FROM held
             UNION ALL
            SELECT 'attendance', one.id, one.create_date, one.write_date
              FROM sozial_activity_attendance one JOIN held ON held.id = one.session_id
             UNION ALL
            SELECT 'count', one.id, one.create_date, one.write_date
              FROM sozial_activity_count one JOIN held ON held.id = one.session_id
             UNION ALL
            SELECT 'sheet', one.id, one.create_date, one.write_date
              FROM sozial_activity_sheet one JOIN held ON held.id = one.session_id
             UNION ALL
            SELECT 'hour', id, create_date, write_date FROM sozial_volunteer_hour
             WHERE company_id = %(company)s AND day >= %(first)s AND day < %(last)s %(of_centres)s
            """,
            company=company.id, first=first_day, last=last_day, of_centres=of_centres, **span,
        )  # fmt: skip
