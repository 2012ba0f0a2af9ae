from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

LEAST_MONTHS = 12
BATCH = 10000


class SozialAccessPolicy(models.Model):
    """What a company calls unusual, and how long it keeps the access log.

    Without a row the defaults hold.
    """

    _name = "sozial.access.policy"
    _description = "Settings of the access log"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", "Company", required=True, index=True, ondelete="cascade", default=lambda self: self.env.company
    )
    foreign_cases = fields.Integer(
        "Cases of colleagues", required=True, default=10,
        help="From so many different cases in 30 days that somebody neither leads nor works along on.",
    )  # fmt: skip
    late_cases = fields.Integer(
        "Cases at night or on the weekend", required=True, default=5, help="From so many different cases in 30 days."
    )
    exported_cases = fields.Integer("Exported or printed cases", required=True, default=20, help="From so many different cases in 30 days.")
    long_lists = fields.Integer("Rows of a list", required=True, default=200, help="From so many rows in one list.")
    day_starts = fields.Integer("Working day from", required=True, default=6, help="Full hour, in the company's time zone.")
    day_ends = fields.Integer("Working day until", required=True, default=20, help="Full hour, in the company's time zone.")
    months = fields.Integer("Keep for months", required=True, default=36, help="Older entries are deleted for good. At least 12 months.")

    _once = models.UniqueIndex("(company_id)", "This company has its settings already.")
    _counts_positive = models.Constraint(
        "CHECK (LEAST(foreign_cases, late_cases, exported_cases, long_lists) >= 1)",
        "Numbers from which something is unusual: enter 1 or more.",
    )
    _day_in_order = models.Constraint(
        "CHECK (day_starts >= 0 AND day_starts < day_ends AND day_ends <= 24)",
        "Working day: enter full hours from 0 to 24, the end after the start.",
    )
    _months_enough = models.Constraint(f"CHECK (months >= {LEAST_MONTHS})", "Keep for months: the log is kept for at least 12 months.")


class SozialAccessLog(models.Model):
    _inherit = "sozial.access.log"

    @api.autovacuum
    def _purge(self):
        """Delete what is older than the companies keep it, as the trigger allows for this alone.

        :return: number of deleted rows, and whether there are more
        """
        kept = {policy.company_id.id: policy.months for policy in self.env["sozial.access.policy"].sudo().search([], limit=1000)}
        default = self.env["sozial.access.policy"].default_get(["months"])["months"]
        companies = self.env["res.company"].sudo().with_context(active_test=False).search([], limit=1000)
        self.env.cr.execute("SELECT set_config('sozial.access_log_purge', 'on', true)")
        done = 0
        # what concerns all companies stays as long as the most careful of them keeps it
        for company_id in [*companies.ids, None]:
            months = kept.get(company_id, default) if company_id else max([default, *kept.values()])
            done += self._purge_company(company_id, max(months, LEAST_MONTHS))
        self.env.cr.execute("SELECT set_config('sozial.access_log_purge', '', true)")
        return done, int(done >= BATCH)

    @api.model
    def _purge_company(self, company_id, months):
        before = fields.Datetime.now() - relativedelta(months=months)
        self.env.cr.execute(
            """
            DELETE FROM sozial_access_log WHERE id IN (
                SELECT id FROM sozial_access_log
                 WHERE at < %s AND company_id IS NOT DISTINCT FROM %s LIMIT %s)
            """,
            [before, company_id, BATCH],
        )
        return self.env.cr.rowcount
