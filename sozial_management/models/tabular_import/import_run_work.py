import base64
import datetime as dt
import logging
import time
from collections import Counter
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...tabular import TabularError, group_moves
from .analysis import PHASES
from .messages import Describer
from .report import write_report
from .statistics import refresh_statistics
from .stored_values import find_occupant, load_occupants
from .writer import Entry, Writer

_logger = logging.getLogger(__name__)

READ_BATCH = 2000
WRITE_BATCH = 1000
READ_SECONDS = 30
VACUUM_ROWS = 20_000
KEEP_DAYS = "sozial_management.import_keep_days"
_DATES = ("date_start", "date_end", "arrears_date", "birth_date")


class SozialImportRun(models.Model):
    """The background work of an import.

    First the file is read once: unchanged rows are counted, rows to write are kept as
    `sozial.import.row`. Then the kept rows are written in batches. Every batch is one
    transaction together with the position it has reached, so that a run which is
    interrupted goes on after its last batch.
    """

    _inherit = "sozial.import.run"

    @api.model
    def _cron_process(self):
        """Work on the imports that are running, the oldest first."""
        for run in self.search([("state", "=", "running")], order="id", limit=50):
            if not run._as_starter()._process():
                return

    def _as_starter(self):
        """The run in the name and language of the person who started it.

        Past the access rules: it takes the configuration role to start an import, not
        the right to edit contacts.
        """
        user = self.user_id
        context = {**self.env.context, "lang": user.lang, "tz": user.tz}
        context["allowed_company_ids"] = self.company_id.ids
        return self.with_user(user).sudo().with_context(context)

    def _process(self):
        """Read and write until done or until the job's time is over.

        :return: whether there is time left for another run
        """
        self.ensure_one()
        try:
            while self._is_mine():
                if not self.read_done:
                    done, in_time = self._read_file()
                else:
                    with self.env.cr.savepoint():
                        done, in_time = self._write_batch(), True
                        if not done:
                            self._finish()
                if not (self._commit(done) and in_time):
                    return False
        except psycopg2.OperationalError:
            raise  # the job is run again and goes on after the last batch
        except TabularError as error:
            self._stop(Describer(self.env).file_error(error))
        except UserError as error:
            self._stop(str(error))
        except Exception:
            _logger.exception("Import %s stopped", self.id)
            self._stop(
                self.env._(
                    "An unexpected error; the server's log tells which. »Continue« goes on after the last batch."
                )
            )
        return True

    def _is_mine(self):
        """Lock the run for this batch; somebody may have cancelled it since the last one."""
        self.invalidate_recordset()
        return bool(self.try_lock_for_update(allow_referencing=True)) and self.state == "running"

    def _commit(self, processed):
        """Keep a batch for good. Gives the seconds that are left."""
        remaining = 0
        if self.state == "running":
            remaining = self.count_todo if self.read_done else max(1, self.row_total - self.count_read)
        left = self.env["ir.cron"]._commit_progress(processed, remaining=remaining)
        self.env.invalidate_all()
        return left

    def _stop(self, reason):
        self.write({"state": "failed", "error": reason})
        self._commit(0)

    # first pass

    def _read_file(self):
        """Read on after the last kept row. Gives (rows of the last batch, whether time is left)."""
        analysis = self._analysis()
        describer = Describer(self.env)
        if not self.row_total and not analysis.table.is_xlsx:
            self.row_total = self._file_bytes().count(b"\n")
        give_up = time.monotonic() + READ_SECONDS
        for outcomes in analysis.batches(READ_BATCH, after=self.position):
            with self.env.cr.savepoint():
                self._keep(outcomes, describer)
            self._commit(len(outcomes))
            if not self._is_mine() or time.monotonic() > give_up:
                return 0, False
        with self.env.cr.savepoint():
            self._group_rows()
            if self.full_file:
                self._propose_endings(analysis)
            self.read_done = True
        return 0, True

    def _keep(self, outcomes, describer):
        """Count a batch, keep what has to be written or told."""
        counts = Counter()
        vals_list = []
        for outcome in outcomes:
            record, result = outcome.record, outcome.result
            if result == "changed" and outcome.changes.get("date_end") and not outcome.stored["date_end"]:
                result = "ended"
            counts[result if result in ("unchanged", "rejected") else "todo"] += 1
            if result != "unchanged" or record.problems:
                vals_list.append(self._row_vals(outcome, result, describer))
        self.env["sozial.import.row"]._keep(vals_list)
        self.write(
            {
                "position": outcomes[-1].record.row,
                "count_read": self.count_read + len(outcomes),
                "count_todo": self.count_todo + counts["todo"],
                "count_unchanged": self.count_unchanged + counts["unchanged"],
                "count_rejected": self.count_rejected + counts["rejected"],
            }
        )

    def _row_vals(self, outcome, result, describer):
        record = outcome.record
        state = {"rejected": "rejected", "unchanged": "note"}.get(result, "todo")
        lines = [describer.problem(problem) for problem in record.problems]
        if outcome.stored:
            lines += [describer.change(f, outcome.stored.get(f), new) for f, new in outcome.changes.items()]
        vals = {
            "run_id": self.id,
            "company_id": self.company_id.id,
            "row_number": record.row,
            "external_ref": record.ref or False,
            "state": state,
            "result": result,
            "details": "\n".join(lines) or False,
        }
        if state == "todo":
            stored = outcome.stored or {}
            stated = {f: value.isoformat() if f in _DATES and value else value for f, value in record.values.items()}
            vals.update(
                stated={"values": stated, "owns": outcome.owns, "result": result},
                group_key=record.values.get("dwelling_number") or stored.get("dwelling_number") or "",
                moves_from=outcome.before or False,
                phase=PHASES[result],
            )
        return vals

    def _group_rows(self):
        """Let rows between whose dwellings tenancies move be written in one go."""
        rows = self.env["sozial.import.row"]
        moving = rows.search_fetch([("run_id", "=", self.id), ("moves_from", "!=", False)], ["moves_from", "group_key"])
        groups = group_moves((row.moves_from, row.group_key) for row in moving)
        for key, root in groups.items():
            if key != root:
                rows.search([("run_id", "=", self.id), ("group_key", "=", key)]).group_key = root

    def _propose_endings(self, analysis):
        """Propose to end running tenancies that the complete file does not hold."""
        proposals = self.env["sozial.import.proposal"]
        proposals.search([("company_id", "=", self.company_id.id), ("state", "=", "open")]).state = "obsolete"
        if not self.count_read:
            return  # an empty file is a broken export, not the end of every tenancy
        running = self._running_tenancies()
        missing = running.filtered(lambda tenancy: not analysis.knows(tenancy.external_ref))
        numbers = missing.dwelling_id.mapped("number")
        waiting = self.env["sozial.import.row"].search_fetch(
            [("run_id", "=", self.id), ("result", "=", "created"), ("group_key", "in", numbers)],
            ["group_key", "external_ref"],
        )
        successors = {row.group_key: row.external_ref for row in waiting}
        day_before = self.file_date - timedelta(days=1)
        proposals.create(
            [
                {
                    "run_id": self.id,
                    "tenancy_id": tenancy.id,
                    "date_end": max(tenancy.date_start, day_before),
                    "successor": successors.get(tenancy.dwelling_id.number),
                }
                for tenancy in missing
            ]
        )
        if self.households:
            self._propose_moves_out(analysis, (running - missing).mapped("external_ref"))

    def _propose_moves_out(self, analysis, refs):
        """Propose to end the stay of household members whom the complete file no longer names.

        The tenant stays: whoever has signed the contract is in it until it ends or names another one.
        So does a person about whom it was decided before: the housing system need not know everybody.
        """
        proposals = self.env["sozial.import.proposal"]
        decided = proposals.search_fetch(
            [("company_id", "=", self.company_id.id), ("state", "=", "refused"), ("occupant_id", "!=", False)],
            ["occupant_id"],
        )
        staying = set(decided.occupant_id.ids)
        day_before = self.file_date - timedelta(days=1)
        for batch in split_every(READ_BATCH, refs):
            vals_list = []
            for ref, members in load_occupants(self.env, self.company_id, batch).items():
                persons = [{"tenant_number": number, "name": name} for number, name in analysis.household(ref)]
                named = {id(find_occupant(members, person)) for person in persons}
                vals_list += [
                    {
                        "run_id": self.id,
                        "tenancy_id": member["tenancy_id"],
                        "occupant_id": member["occupant_id"],
                        "date_end": max(member["date_start"], day_before),
                    }
                    for member in members
                    if persons
                    and id(member) not in named
                    and member["occupant_id"] not in staying
                    and not (member["date_end"] or member["is_tenant"])
                ]
            proposals.create(vals_list)

    # second pass

    def _write_batch(self):
        """Write the next rows, whole groups if they fit. Gives their number."""
        rows = self.env["sozial.import.row"]._next_to_write(self, WRITE_BATCH + 1)
        if len(rows) > WRITE_BATCH:
            cut_group = rows[-1]["group_key"]
            rows = [row for row in rows if row["group_key"] != cut_group] or rows[:WRITE_BATCH]
        if not rows:
            return 0
        entries = {row["id"]: _entry(row) for row in rows}
        Writer(self.env, self.company_id, Describer(self.env), self.file_date).apply(list(entries.values()))
        created = self.count_created
        self._note_written(entries)
        refresh_statistics(self.env, created, self.count_created)
        return len(rows)

    def _note_written(self, entries):
        counts = Counter()
        rows = self.env["sozial.import.row"]
        for row_id, entry in entries.items():
            if not entry.problem:
                counts[entry.result] += 1
                continue
            counts["rejected"] += 1
            rows.browse(row_id).write(
                {
                    "state": "rejected",
                    "result": "rejected",
                    "details": entry.problem,
                    "blocked_by": entry.blocked_by,
                }
            )
        rows._mark_written(row_id for row_id, entry in entries.items() if not entry.problem)
        vals = {f"count_{result}": self[f"count_{result}"] + number for result, number in counts.items()}
        self.write({**vals, "count_todo": self.count_todo - len(entries)})

    def _finish(self):
        """Write the report and tell the person who started the import."""
        self.write(
            {
                "state": "done",
                "finished_at": fields.Datetime.now(),
                "report": base64.b64encode(write_report(self)),
                "report_name": self.env._("Import report %s.csv", fields.Date.to_string(self.file_date)),
            }
        )
        self.user_id._bus_send(
            "simple_notification",
            {
                "type": "warning" if self.count_rejected else "success",
                "title": self.env._("Import finished"),
                "message": self.env._(
                    "%(new)s new, %(changed)s changed, %(rejected)s rejected.",
                    new=self.count_created,
                    changed=self.count_changed + self.count_ended + self.count_person,
                    rejected=self.count_rejected,
                ),
            },
        )

    def _retry_rows(self, refs):
        """Let rows in that were rejected because one of these contracts stood in the way."""
        rows = self.env["sozial.import.row"].sudo().search(
            [("run_id", "=", self.id), ("state", "=", "rejected"), ("blocked_by", "in", refs)]
        )  # fmt: skip
        for row in rows:
            row.write({"state": "todo", "result": row.stated["result"], "details": False, "blocked_by": False})
        if rows:
            self.write(
                {
                    "state": "running",
                    "count_todo": self.count_todo + len(rows),
                    "count_rejected": self.count_rejected - len(rows),
                }
            )
            self._trigger()

    def _count_ended(self, number):
        self.count_ended += number

    @api.autovacuum
    def _gc_personal_data(self):
        """Delete files, previews, reports and rows of imports after the days of the parameter."""
        days = int(self.env["ir.config_parameter"].sudo().get_param(KEEP_DAYS, 30))
        too_old = fields.Datetime.now() - timedelta(days=days)
        old = [("write_date", "<", too_old), ("state", "!=", "running")]
        rows = self.env["sozial.import.row"].search([("run_id", "any", old)], limit=VACUUM_ROWS)
        done = len(rows)
        rows.unlink()
        if done == VACUUM_ROWS:
            return done, 1
        # not through write(): the day of the last work stays the day from which is counted
        runs = self.search([*old, "|", ("preview", "!=", False), ("file_info", "!=", False)], limit=1000)
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", runs.ids), ("res_field", "in", ("file", "report"))]
        )
        attachments.unlink()
        runs.column_ids.unlink()
        runs.write({"preview": False, "file_info": False})
        return done + len(runs), 0


def _entry(row):
    kept = row["stated"]
    stated = kept["values"]
    for field in _DATES:
        if stated.get(field):
            stated[field] = dt.date.fromisoformat(stated[field])
    return Entry(row["row_number"], row["external_ref"], kept["result"], stated, kept["owns"], row["group_key"])
