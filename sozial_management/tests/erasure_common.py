import base64
from pathlib import Path

from odoo import Command, fields
from odoo.tools import SQL

from .consent_common import ConsentCommon

WORD = "zaunkoenig7319"


class ErasureCommon(ConsentCommon):
    """A closed case with a row of every kind, and a secret word in every place that could hold one."""

    # One row of every model below a case, by the name of the model. Whoever adds a model below a
    # case adds its row here: the canary fails for a model without one.
    ROWS = {
        "sozial.case.access": "_row_access",
        "sozial.case.lockout": "_row_lockout",
        "sozial.case.participant": "_row_participant",
        "sozial.contact": "_row_contact",
        "sozial.contact.draft": "_row_draft",
        "sozial.letter": "_row_letter",
        "sozial.group.session": "_row_meeting",
        "sozial.assessment": "_row_assessment",
        "sozial.assessment.line": "_row_of_assessment",
        "sozial.plan": "_row_plan",
        "sozial.goal": "_row_of_plan",
        "sozial.measure": "_row_of_plan",
        "sozial.debt.claim": "_row_claim",
        "sozial.debt.balance": "_row_of_claim",
        "sozial.budget": "_row_budget",
        "sozial.budget.line": "_row_of_budget",
        "sozial.rent.due": "_row_rent_due",
        "sozial.benefit.check": "_row_benefit",
        "sozial.benefit.check.person": "_row_of_benefit",
        "sozial.benefit.application": "_row_of_benefit",
        "sozial.benefit.application.document": "_row_of_benefit",
        "sozial.fund.request": "_row_fund",
        "sozial.settlement": "_row_settlement",
        "sozial.settlement.line": "_row_of_settlement",
        "sozial.instalment.plan": "_row_instalment_plan",
        "sozial.instalment.share": "_row_of_instalment_plan",
        "sozial.instalment": "_row_of_instalment_plan",
        "sozial.subject.part": "_row_subject_part",
        "sozial.passage": "_row_of_subject_part",
        "sozial.subject.line": "_row_of_subject_part",
        "sozial.consent": "_row_consent",
        "sozial.case.signal": "_row_signal",
        "sozial.case.hold": "_row_hold",
        "sozial.deadline": "_row_deadline",
        "sozial.case.step": "_row_step",
        "sozial.mediation": "_row_mediation",
        **dict.fromkeys(
            ("sozial.mediation.party", "sozial.mediation.answer", "sozial.mediation.session", "sozial.mediation.agreement",
             "sozial.mediation.signature", "sozial.mediation.reader", "sozial.mediation.note"), "_row_of_mediation",
        ),
        "sozial.second.opinion": "_row_opinion",
        "sozial.case.transfer.line": "_row_transfer",
    }

    def _row_access(self, case):
        case.action_grant_access(self.colleague.id, "co", WORD)

    def _row_lockout(self, case):
        stranger = self._user(f"t_stranger_{case.id}", "worker")
        case.action_lock_out(stranger.id, WORD)

    def _row_participant(self, case):
        """Each case comes with its client."""

    def _row_contact(self, case):
        note = self.env["sozial.contact"].with_user(self.worker).create(
            {"case_id": case.id, "text": WORD, "minutes": 30, "partner_ids": self.tenant.ids}
        )
        note._add_addendum(WORD)

    def _row_draft(self, case):
        self.env["sozial.contact.draft"].with_user(self.colleague).keep(case.id, {"text": WORD})

    def _row_meeting(self, case):
        self.env["sozial.group.session"].with_user(self.worker).create({"case_id": case.id, "name": WORD, "reflection": WORD, "adults": 9})

    def _row_letter(self, case):
        letter = self.env["sozial.letter"].with_user(self.worker).create(
            {"case_id": case.id, "template_id": self.env.ref("sozial_management.letter_closing").id, "body": WORD}
        )
        letter.action_finish()

    def _row_assessment(self, case):
        assessment = self.env["sozial.assessment"].with_user(self.worker).create({"case_id": case.id, "summary": WORD})
        assessment.line_ids.write({"score": "2", "note": WORD})
        assessment.action_finalise()

    def _row_of_assessment(self, case):
        """Its life areas come with an assessment."""

    def _row_plan(self, case):
        plan = self.env["sozial.plan"].with_user(self.worker).create(
            {"case_id": case.id, "situation": WORD, "goal_ids": [Command.create(
                {"name": WORD, "indicator": WORD, "measure_ids": [Command.create({"name": WORD})]})]}
        )  # fmt: skip
        plan._agree(self.today, "oral")
        plan.goal_ids.write({"outcome": "reached", "outcome_note": WORD})

    def _row_of_plan(self, case):
        """Goals and steps come with the plan."""

    def _row_claim(self, case):
        self.env["sozial.debt.claim"].with_user(self.worker).create(
            {"case_id": case.id, "creditor_id": self.company.partner_id.id, "principal": 10, "reference": WORD, "ground": WORD,
             "note": WORD, "titled": True, "title": WORD}
        )  # fmt: skip

    def _row_of_claim(self, case):
        """The first balance comes with the claim."""

    def _row_budget(self, case):
        heading = self.env.ref("sozial_management.budget_category_wages")
        self.env["sozial.budget"].with_user(self.worker).create(
            {"case_id": case.id, "note": WORD, "line_ids": [Command.create({"category_id": heading.id, "name": WORD, "amount": 1})]}
        )

    def _row_of_budget(self, case):
        """The items come with the budget."""

    def _row_rent_due(self, case):
        self.env["sozial.rent.due"].with_user(self.worker).create({"case_id": case.id, "day": "2026-11-04", "rent": 600, "open": 600})

    def _row_benefit(self, case):
        check = self.env["sozial.benefit.check"].with_user(self.worker).create(
            {"case_id": case.id, "date": "2026-11-22", "person_ids": [Command.create({"role": "self", "age": 70})]}
        )
        self.env["sozial.benefit.application"].with_user(self.worker).create(
            {"case_id": case.id, "check_id": check.id, "benefit_id": self.env.ref("sozial_management.benefit_wohngeld").id,
             "reference": WORD, "note": WORD, "document_ids": [Command.create({"name": WORD, "hint": WORD, "file_name": WORD})]}
        )  # fmt: skip

    def _row_of_benefit(self, case):
        """Persons, the application and its documents come with the pre-check."""

    def _row_fund(self, case):
        fund = self.env["sozial.fund"].create(
            {"name": f"F{case.id}", "company_id": self.company.id, "year": self.today.year, "plan_ids": [Command.create({"planned": 9})]}
        )
        request = self.env["sozial.fund.request"].with_user(self.worker).create(
            {"case_id": case.id, "fund_id": fund.id, "amount": 5, "reason": WORD, "other_help": WORD, "payee": WORD, "reference": WORD}
        )
        request.action_ask()
        request._write_guarded({"decision_note": WORD, "asked_by_id": self.lead.id})
        self.company.sozial_fund_colleague_limit = 5
        request.action_approve()

    def _row_settlement(self, case):
        self.env["sozial.settlement"].with_user(self.worker).create({"case_id": case.id, "monthly": 5, "reason": WORD})

    def _row_of_settlement(self, case):
        """The lines come with the settlement."""

    def _row_instalment_plan(self, case):
        plan = self.env["sozial.instalment.plan"].with_user(self.worker).create(
            {"case_id": case.id, "reason": WORD, "share_ids": [Command.create(
                {"claim_id": case.claim_ids[0].id, "total": 10, "monthly": 5})]}
        )  # fmt: skip
        plan.end_note = WORD

    def _row_of_instalment_plan(self, case):
        """Creditor and instalments come with the plan."""

    def _row_subject_part(self, case):
        part = self.env["sozial.subject.part"].with_user(self.worker).create(
            {"case_id": case.id, "partner_id": self.tenant.id, "withhold_reason": WORD}
        )
        part.action_collect()

    def _row_of_subject_part(self, case):
        """Paragraphs are listed with the copy of the case."""

    def _row_consent(self, case):
        self._signal_consent(case=case)
        self._draft(case, how="screen", signature=base64.b64encode(b"x" + WORD.encode()))

    def _row_signal(self, case):
        case.action_set_signal("counselling")

    def _row_hold(self, case):
        hold = self.env["sozial.case.hold"].browse(case.action_set_hold(WORD, fields.Date.add(self.today, days=30)))
        hold.with_user(self.worker).action_lift()

    def _row_deadline(self, case):
        self.env["sozial.deadline"].with_user(self.worker).create(
            {"case_id": case.id, "name": WORD, "note": WORD, "due": fields.Date.add(self.today, days=30)}
        )

    def _row_step(self, case):
        self.env["sozial.case.step"].with_user(self.worker).create({"case_id": case.id, "name": WORD, "note": WORD}).action_done()

    def _row_transfer(self, case):
        successor = self._user(f"t_successor_{case.id}", "worker")
        self.env["sozial.case.transfer"].with_user(self.worker)._ask(case, successor, "workload", WORD).action_withdraw()

    def _row_mediation(self, case):
        """Two willing parties, notes of the talks, a session, an agreement signed by one of them."""
        mediation = self.env["sozial.mediation"].with_user(self.worker).create(
            {"case_id": case.id, "subject": WORD, "declared": True, "disclosed": True, "party_ids": [
                Command.create({"partner_id": self.tenant.id, "needs": WORD}),
                Command.create({"partner_id": self.env["res.partner"].create({"name": "Nachbar", "company_id": self.company.id}).id}),
            ]}
        )  # fmt: skip
        for party in mediation.party_ids:
            mediation.party_ids.answer_ids.create({"party_id": party.id, "willingness": "willing"})
        party.action_hold_talks()
        party.note_ids.create({"party_id": party.id, "text": WORD})
        mediation.session_ids.create({"mediation_id": mediation.id, "start_at": "2026-01-07 10:00:00", "place": WORD})
        agreement = mediation.agreement_ids.create({"mediation_id": mediation.id, "text": WORD})
        agreement.signature_ids.create({"agreement_id": agreement.id, "party_id": party.id})

    def _row_of_mediation(self, case):
        """Made with the mediation."""

    def _row_opinion(self, case):
        self.env["sozial.second.opinion"].with_user(self.worker).create(
            {"case_id": case.id, "colleague_id": self.colleague.id, "question": WORD, "summary": WORD}
        ).action_ask()

    def _full_case(self):
        """A closed case that came from a hand-over, which another one joined, and was opened in an emergency."""
        said = {
            "topic_id": self.topic.id, "summary": WORD, "tenancy_id": self.tenancy.id, "tenant_knows": "yes",
            "contact_name": WORD, "contact_phone": WORD,
        }  # fmt: skip
        first, second = self.env["sozial.handover"].with_user(self.frontdesk).create([said, said]).with_user(self.worker)
        case = self.env["sozial.case"].with_user(self.worker).browse(first.action_take()["res_id"])
        second._join(case, "household")
        for factory in self.ROWS.values():
            getattr(self, factory)(case)
        rescuer = self._user(f"t_rescuer_{case.id}", "worker")
        self.env["sozial.emergency"].with_user(rescuer).action_open(f"It burns {WORD}", case.name)
        self._close(case)
        return case

    def _models_below(self):
        """Models of this addon below a case, without dialogs."""
        return [
            name
            for name in self.env["sozial.erasure"]._below_case()
            if not self.env[name]._transient and self.env[name]._original_module == "sozial_management"
        ]

    def _close(self, case, closed_on=None):
        for mediation in case.mediation_ids.filtered(lambda one: not one.ended_on):
            mediation.action_call_off()
        case.write({"close_reason": "solved", "outcome": "reached", "closing_note": WORD, "no_closing_assessment": WORD})
        case.action_close()
        if closed_on:
            case._write_guarded({"opened_on": closed_on, "closed_on": closed_on})

    # planting -----------------------------------------------------------------------------

    def _plant(self, case):
        """Put the word into every text-like column of every row of the case, past the ORM.

        :return: set of (table, column) that hold it now
        """
        planted = set()
        rows = [case.sudo(), case.sudo().handover_id | case.sudo().joined_handover_ids, case.sudo().signal_ids.signal_id]
        rows.append(self.env["sozial.emergency"].search([("case_number", "=", case.name)]))
        for name in self._models_below():
            rows.append(self.env[name].sudo().search([("case_id", "=", case.id)]))
            self.assertTrue(rows[-1], f"no row of {name}: the canary would prove nothing")
        for records in rows:
            planted |= self._plant_fields(records)
        for records in (case.sudo(), case.sudo().contact_ids[:1], case.sudo().handover_id):
            planted |= self._plant_beside(records)
        planted |= self._plant_traces(case)
        return planted

    def _plant_fields(self, records):
        planted = set()
        for field in self.env["sozial.erasure"]._declarable(records):
            if field.type in ("many2one", "many2many") or getattr(field, "anonymise", "") == "keep":
                continue
            if getattr(field, "attachment", False):
                self.env["ir.attachment"].create(
                    [
                        {"name": field.name, "res_model": records._name, "res_field": field.name, "res_id": row.id,
                         "raw": f"{field.name} {row.id} {WORD}".encode()}
                        for row in records
                    ]
                )  # fmt: skip
                continue
            planted |= self._update(records, field.name)
        return planted

    def _update(self, records, *columns):
        """Write the word into columns of rows, whatever the model says about it."""
        self.env.flush_all()
        for column in columns:
            kind = self.env.execute_query(
                SQL("SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s", records._table, column)
            )[0][0]
            value = SQL('%s::jsonb', f'{{"en_US": "{WORD}"}}') if kind == "jsonb" else SQL("%s", WORD)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(records._table), SQL.identifier(column), value, tuple(records.ids),
                )  # fmt: skip
            )
        self.env.invalidate_all()
        return {(records._table, column) for column in columns}

    def _plant_beside(self, record):
        """Files and names of records on a row."""
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "file")  # whatever this database prefers
        self.env["ir.attachment"].create(
            {"name": WORD, "description": WORD, "res_model": record._name, "res_id": record.id, "raw": f"{record} {WORD}".encode(),
             "mimetype": "text/plain"}
        )  # fmt: skip
        self.env["ir.model.data"].create(
            {"module": "__import__", "name": f"{WORD}_{record._table}", "model": record._name, "res_id": record.id}
        )
        return {
            ("ir_attachment", "name"), ("ir_attachment", "description"), ("ir_attachment", "index_content"),
            ("ir_model_data", "name"),
        }  # fmt: skip

    def _plant_traces(self, case):
        """Messages, mails, activities, appointments and dialogs, as if their own guards had failed."""
        case = case.sudo()
        message = case._post_neutral("activity_done")
        mail = self.env["mail.mail"].create({"mail_message_id": message.id, "body_html": "x"})
        notification = self.env["mail.notification"].create(
            {"mail_message_id": message.id, "res_partner_id": self.lead.partner_id.id, "notification_type": "email"}
        )
        field_id = self.env["ir.model.fields"]._get("sozial.case", "concern").id
        tracking = self.env["mail.tracking.value"].create(
            {"mail_message_id": message.id, "field_id": field_id, "old_value_char": "x"}
        )
        planned = self.env["mail.scheduled.message"].create(
            {"model": "res.partner", "res_id": self.tenant.id, "body": "x", "author_id": self.lead.partner_id.id,
             "scheduled_date": "2099-01-01 08:00:00"}
        )  # fmt: skip
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_scheduled_message SET model = 'sozial.case', res_id = %s WHERE id = %s", [case.id, planned.id]
        )
        self.env.invalidate_all()
        activity = case.activity_schedule("mail.mail_activity_data_todo", user_id=self.lead.id)
        event = self.env["calendar.event"].with_user(self.lead).create(
            {"name": "x", "start": "2026-12-01 09:00:00", "stop": "2026-12-01 10:00:00", "res_id": case.id,
             "res_model_id": self.env["ir.model"]._get_id("sozial.case"), "recurrency": True, "rrule_type": "weekly", "count": 2,
             "tue": True, "event_tz": "Europe/Berlin"}
        )  # fmt: skip
        addendum = self.env["sozial.contact.addendum"].create({"contact_id": case.contact_ids[:1].id, "text": "x"})
        closing = self.env["sozial.case.close"].create({"case_id": case.id, "close_reason": "solved"})
        return (
            self._update(message, "body", "subject")
            | self._update(mail, "body_html", "email_to", "headers")
            | self._update(notification, "failure_reason")
            | self._update(tracking, "old_value_char", "new_value_text", "field_info")
            | self._update(planned, "body", "subject")
            | self._update(activity, "summary", "note", "feedback")
            | self._update(event.recurrence_id.calendar_event_ids, "name", "description", "notes", "location", "videocall_location")
            | self._update(event.recurrence_id, "name")
            | self._update(addendum, "text")
            | self._update(closing, "closing_note")
        )

    # searching ----------------------------------------------------------------------------

    def _places(self, word=WORD):
        """Every (table, column) of the whole database that holds the word, readable or encoded."""
        self.env.flush_all()
        needles = [f"%{each}%" for each in self._disguises(word)]
        columns = self.env.execute_query(
            SQL(
                """SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables
                   USING (table_schema, table_name) WHERE table_schema = current_schema AND table_type = 'BASE TABLE'
                   AND (data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY', 'xml'))"""
            )
        )
        by_table = {}
        for table, column in columns:
            by_table.setdefault(table, []).append(column)
        found = set()
        for table, names in by_table.items():
            tests = [
                SQL("COALESCE(bool_or(%s::text ILIKE ANY(%s)), FALSE)", SQL.identifier(name), needles) for name in names
            ]
            row = self.env.execute_query(SQL("SELECT %s FROM %s", SQL(", ").join(tests), SQL.identifier(table)))[0]
            found |= {(table, name) for name, hit in zip(names, row, strict=True) if hit}
        return found

    def _disguises(self, word):
        """The word as it is, and as hexadecimal or base64 would show it, at each of the three offsets."""
        raw = word.encode()
        encoded = {base64.b64encode(b" " * shift + raw).decode().rstrip("=")[4 if shift else 0 : -1] for shift in range(3)}
        return [word, raw.hex(), *encoded, *(each.encode().hex() for each in encoded)]

    def _files(self, word=WORD):
        """Files of the filestore that hold the word."""
        store = Path(self.env["ir.attachment"]._filestore())
        return [path for path in store.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
