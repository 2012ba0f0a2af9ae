from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .mediation_common import MediationCommon

OFF = "Not yet: at least two parties, and all of them, have to be willing."


@tagged("post_install", "-at_install")
class TestMediation(MediationCommon):
    # willingness ----------------------------------------------------------------------------

    def test_the_people_of_the_conflict_are_proposed(self):
        self.assertEqual((self.one | self.two).partner_id, self.tenant | self.neighbour)
        self.assertEqual(self.mediation.mediator_id, self.worker)
        self.assertEqual(self.mediation.state, "asking")

    def test_each_is_asked_separately_with_history(self):
        self._says(self.one, "willing")
        self.assertEqual((self.one.willingness, self.two.willingness, self.mediation.state), ("willing", "open", "asking"))
        self._says(self.two, "willing")
        self.assertEqual(self.mediation.state, "running")
        self._says(self.two, "withdrawn")
        self.assertEqual(set(self.two.answer_ids.mapped("willingness")), {"withdrawn", "willing"})
        self.assertEqual(self.two.answer_ids.mapped("channel"), ["phone", "phone"])
        self.assertEqual(self.two.answer_ids.user_id, self.worker)

    def test_an_answer_stays_as_it_was_entered(self):
        answer = self._says(self.one, "willing")
        with self.assertRaisesRegex(UserError, "stays as it was entered"):
            answer.sudo().write({"willingness": "declined"})
        with self.assertRaisesRegex(UserError, "stays as it was entered"):
            answer.sudo().unlink()
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            self.one.write({"willingness": "willing"})
        with self.assertRaisesRegex(ValidationError, "still to come"):
            self._says(self.one, "willing", at=fields.Datetime.now() + timedelta(hours=1))

    def test_words_that_do_not_fit(self):
        with self.assertRaisesRegex(UserError, "was not willing before"):
            self._says(self.one, "withdrawn")
        self._says(self.one, "willing")
        with self.assertRaisesRegex(UserError, "was willing before"):
            self._says(self.one, "declined")

    def test_nothing_is_planned_before_all_are_willing(self):
        for said in (None, "willing"):
            if said:
                self._says(self.one, said)
            with self.assertRaisesRegex(UserError, OFF):
                self._plan()
            with self.assertRaisesRegex(UserError, OFF):
                self._agree()
        self._says(self.two, "willing")
        self.assertEqual(self._plan().state, "planned")

    def test_one_party_is_not_enough(self):
        self.two.unlink()
        self._says(self.one, "willing")
        self.assertEqual(self.mediation.state, "asking")
        with self.assertRaisesRegex(UserError, OFF):
            self._plan()

    def test_a_withdrawal_calls_everything_off_at_once_and_tells_nobody_who(self):
        self._all_willing()
        planned, held = self._plan(), self._plan("2026-01-07 10:00:00")
        held.action_held()
        self._says(self.two, "withdrawn")
        self.assertEqual((self.mediation.state, planned.state, held.state), ("off", "cancelled", "held"))
        letters = self.env["sozial.letter"].with_user(self.worker).search(self.mediation.action_tell_off()["domain"])
        self.assertEqual(letters.recipient_id, self.tenant | self.neighbour)
        bodies = {letter.body.replace(letter.recipient_id.name, "NAME") for letter in letters}
        self.assertEqual(len(bodies), 1, "the same words for each party")
        for letter in letters:
            other = (self.tenant | self.neighbour) - letter.recipient_id
            self.assertNotIn(other.name, letter.body)
        self.assertEqual(self.one.told_on, fields.Date.context_today(self.one))

    def test_declined_and_withdrawn_end_alike(self):
        self._says(self.one, "declined")
        self.assertEqual(self.mediation.state, "off")
        with self.assertRaisesRegex(UserError, "nobody is asked any more"):
            self._says(self.two, "willing")
        with self.assertRaisesRegex(UserError, "has ended and stays"):
            self.mediation.write({"subject": "Anderes"})
        again = self._begin(self.case)
        self.assertEqual(again.state, "asking")

    def test_only_one_is_open(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self._begin(self.case)

    def test_who_answered_stays_a_party(self):
        self._says(self.one, "willing")
        with self.assertRaisesRegex(UserError, "stays a party"):
            self.one.unlink()
        with self.assertRaisesRegex(UserError, "instead of deleting"):
            self.mediation.unlink()
        with self.assertRaisesRegex(UserError, "not exchanged"):
            self.two.write({"partner_id": self.tenant.id})
        self.two.unlink()

    def test_nobody_joins_a_planned_session(self):
        self._all_willing()
        planned = self._plan()
        third = self.env["res.partner"].create({"name": "Dritte"})
        with self.assertRaisesRegex(UserError, "Cancel it before somebody joins"):
            self.mediation.party_ids.create({"mediation_id": self.mediation.id, "partner_id": third.id})
        planned.action_cancel()
        self.mediation.party_ids.create({"mediation_id": self.mediation.id, "partner_id": third.id})
        self.assertEqual(self.mediation.state, "asking")

    # sessions -------------------------------------------------------------------------------

    def test_a_session_is_held_after_it_began(self):
        self._all_willing()
        session = self._plan()
        with self.assertRaisesRegex(UserError, "still to come"):
            session.action_held()
        session.write({"start_at": "2026-01-07 10:00:00"})
        session.action_held()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            session.write({"place": "Anderswo"})
        with self.assertRaisesRegex(UserError, "already"):
            session.action_cancel()
        with self.assertRaisesRegex(UserError, "that was held stays"):
            session.unlink()

    def test_the_end_without_agreement(self):
        self._all_willing()
        with self.assertRaisesRegex(UserError, "No session was held"):
            self.mediation.action_fail()
        self._plan("2026-01-07 10:00:00").action_held()
        open_one = self._plan()
        self.mediation.action_fail()
        self.assertEqual((self.mediation.state, open_one.state), ("failed", "cancelled"))
        with self.assertRaisesRegex(UserError, "ended already"):
            self.mediation.action_call_off()

    def test_the_invitation_names_day_and_place(self):
        self._all_willing()
        with self.assertRaisesRegex(UserError, "Plan a session first"):
            self.mediation.action_invite()
        self._plan()
        letters = self.env["sozial.letter"].with_user(self.worker).search(self.mediation.action_invite()["domain"])
        self.assertEqual(len(letters), 2)
        self.assertFalse(letters[0]._problems() + letters[1]._problems())
        self.assertEqual(letters.mapped("place"), ["Nachbarschaftstreff"] * 2)

    # agreement ------------------------------------------------------------------------------

    def test_the_last_signature_ends_it_and_a_review_is_due(self):
        self._all_willing()
        agreement = self._agree()
        self._sign(agreement, self.one)
        self.assertEqual((agreement.state, self.mediation.state), ("draft", "running"))
        with self.assertRaisesRegex(UserError, "the words stay"):
            agreement.write({"text": "Anders"})
        with self.assertRaisesRegex(UserError, "the words stay"):
            agreement.unlink()
        self._sign(agreement, self.two)
        self.assertEqual((agreement.state, self.mediation.state), ("signed", "agreed"))
        deadline = self.env["sozial.deadline"].search([("case_id", "=", self.case.id)])
        self.assertEqual(deadline.due, fields.Date.add(fields.Date.context_today(self.case), weeks=8))
        with self.assertRaisesRegex(UserError, "signatures stay"):
            agreement.signature_ids[0].unlink()
        with self.assertRaisesRegex(UserError, "stays as it was given"):
            agreement.signature_ids[0].write({"signed_how": "reading"})
        self.mediation.action_review_partly()
        self.assertEqual(self.mediation.review_result, "partly")
        with self.assertRaisesRegex(UserError, "entered already"):
            self.mediation.action_review_kept()

    def test_all_sign_at_the_table(self):
        self._all_willing()
        agreement = self._agree()
        self._sign(agreement, self.two)
        agreement.action_signed_by_all()
        self.assertEqual(agreement.signature_ids.party_id, self.one | self.two)
        self.assertEqual(self.mediation.state, "agreed")

    def test_a_review_needs_an_agreement(self):
        with self.assertRaisesRegex(UserError, "no signed agreement"):
            self.mediation.action_review_kept()

    def test_other_words_are_a_new_version_that_all_sign_anew(self):
        self._all_willing()
        first = self._agree()
        self._sign(first, self.one)
        first.action_new_version()
        second = self.mediation.agreement_ids - first
        self.assertEqual((first.state, second.version, second.signed_count), ("replaced", 2, 0))
        with self.assertRaisesRegex(UserError, "not signed any more"):
            self._sign(first, self.two)
        second.write({"text": "Ab 21 Uhr ist Ruhe."})
        for party in (self.one, self.two):
            self._sign(second, party)
        self.assertEqual(self.mediation.state, "agreed")
        with self.assertRaisesRegex(UserError, "begin a new mediation"):
            second.action_new_version()

    def test_a_signature_belongs_to_the_mediation_and_to_its_days(self):
        self._all_willing()
        agreement = self._agree()
        foreign = self._begin(self._foreign_case()).party_ids
        with self.assertRaisesRegex(UserError, "one of this mediation|have to be willing"):
            self._sign(agreement, foreign)
        with self.assertRaisesRegex(ValidationError, "between the day of the agreement and today"):
            agreement.signature_ids.create({"agreement_id": agreement.id, "party_id": self.one.id, "signed_on": "2020-01-01"})

    def test_the_printed_agreement_says_what_was_agreed(self):
        self._all_willing()
        agreement = self._agree()
        html = self.env["ir.actions.report"]._render_qweb_html("sozial_management.report_mediation_agreement", agreement.ids)[0].decode()
        for words in ("Ab 22 Uhr ist der Fernseher leise.", "Vor einem Fest", self.tenant.name, self.neighbour.name, "§ 2 (6) MediationsG"):
            self.assertIn(words, html)
        self.assertEqual(agreement._points(), ["Ab 22 Uhr ist der Fernseher leise.", "Vor einem Fest sagen wir Bescheid."])

    def _foreign_case(self):
        """A conflict between other people."""
        person = self.env["res.partner"].create({"name": "Fremde", "company_id": self.company.id})
        return self._open_case(type_id=self.conflict.id, participant_ids=[Command.create({"partner_id": person.id, "role": "client"})])

    def test_the_noise_diary_has_room_and_a_warning(self):
        report = self.env["ir.actions.report"].with_user(self.worker)
        html = report._render_qweb_html("sozial_management.report_noise_diary", self.case.ids)[0].decode()
        self.assertEqual(html.count("<tr"), 24)
        self.assertIn("§ 201 StGB", html)
        self.assertIn(self.tenant.name, html)
        with self.assertRaises(AccessError):
            self.env["ir.actions.report"].with_user(self.colleague)._render_qweb_html("sozial_management.report_noise_diary", self.case.ids)

    def test_rows_stay_where_they_were_made(self):
        self._all_willing()
        other = self._begin(self._foreign_case())
        with self.assertRaisesRegex(UserError, "stays where it was made"):
            self._plan().write({"mediation_id": other.id})
        with self.assertRaisesRegex(UserError, "cannot be duplicated"):
            self.mediation.copy()
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            self.mediation.write({"state": "agreed"})
        with self.assertRaisesRegex(UserError, "Use the buttons"):
            self._begin(self._foreign_case(), state="agreed")
        sessions = self.mediation.session_ids.with_context(default_state="held")
        values = {"mediation_id": self.mediation.id, "start_at": fields.Datetime.now(), "place": "x"}
        self.assertEqual(sessions.create(values).state, "planned")


@tagged("post_install", "-at_install")
class TestMediators(MediationCommon):
    """Who mediates, and who reads what one party said alone."""

    def test_who_acted_for_a_party_in_a_conflict_is_excluded(self):
        self._open_case(user=self.colleague, type_id=self.conflict.id)
        with self.assertRaisesRegex(UserError, f"acted for {self.tenant.name} .*§ 3"):
            self._begin(self._open_case(user=self.colleague, type_id=self.conflict.id))
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        with self.assertRaisesRegex(UserError, "Hand the mediation to a colleague"):
            self._as(self.mediation, self.colleague).action_co_mediate()
        with self.assertRaisesRegex(UserError, "Hand the mediation to a colleague"):
            self._as(self.mediation, self.colleague).action_mediate()

    def test_the_mediator_declares_to_have_acted_for_nobody(self):
        case = self._open_case(user=self.lead, type_id=self.conflict.id)
        with self.assertRaisesRegex(UserError, "Acted for nobody"):
            self._begin(case, declared=False)
        with self.assertRaisesRegex(UserError, "Acted for nobody"):
            self.env["sozial.mediation"].with_user(self.lead).create({"case_id": case.id, "subject": "Ruhe"})
        with self.assertRaisesRegex(UserError, "Acted for nobody"):
            self.mediation.write({"declared": False})

    def test_who_mediated_between_them_before_may_do_so_again(self):
        self.mediation.action_call_off()
        self.assertTrue(self._begin(self._open_case(type_id=self.conflict.id)))

    def test_other_work_for_a_party_is_disclosed_first(self):
        self._open_case()
        self.assertEqual(self.mediation.worked_for, self.tenant.name)
        self._all_willing()
        with self.assertRaisesRegex(UserError, "Tell all parties"):
            self._plan()
        self.mediation.disclosed = True
        self.assertTrue(self._plan())

    def test_nobody_learns_for_whom_a_colleague_works(self):
        self._open_case(user=self.colleague)
        self.assertFalse(self.mediation.worked_for)

    def test_only_mediators_enter_what_parties_say(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        with self.assertRaisesRegex(AccessError, "Only the mediators"):
            self._says(self._as(self.one, self.colleague), "willing")
        self._as(self.mediation, self.colleague).action_co_mediate()
        self._says(self._as(self.one, self.colleague), "willing")
        with self.assertRaisesRegex(UserError, "mediate already"):
            self.mediation.action_co_mediate()
        self._as(self.mediation, self.colleague).action_mediate()
        self.assertEqual((self.mediation.mediator_id, self.mediation.co_mediator_id), (self.colleague, self.env["res.users"]))

    def test_notes_of_a_party_are_for_its_readers_alone(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.one.action_hold_talks()
        note = self.one.note_ids.create({"party_id": self.one.id, "text": "Kennwort-Zaunkönig"})
        theirs = self._as(self.one, self.colleague)
        self.assertTrue(theirs.read(["needs"]), "may open the case")
        self.assertFalse(theirs.note_ids)
        self.assertFalse(theirs.note_ids.search([]))
        with self.assertRaises(AccessError):
            self._as(note, self.colleague).read(["text"])
        with self.assertRaises(AccessError):
            theirs.note_ids.create({"party_id": self.one.id, "text": "x"})
        with self.assertRaisesRegex(UserError, "may admit you"):
            self._as(self.mediation, self.colleague).action_co_mediate()
            theirs.action_hold_talks()
        grant = self.one.colleague_ids.filtered(lambda one: one.user_id == self.colleague)
        with self.assertRaisesRegex(AccessError, "decides who else does"):
            self._as(grant, self.colleague).with_context(mediation_party_id=self.one.id).action_admit_to_notes()
        with self.assertRaisesRegex(AccessError, "decides who else does"):
            self._as(self.one.reader_ids, self.colleague).action_revoke()
        grant.with_context(mediation_party_id=self.one.id).action_admit_to_notes()
        self.assertEqual(self._as(note, self.colleague).text, "Kennwort-Zaunkönig")
        with self.assertRaisesRegex(UserError, "only who wrote it"):
            self._as(note, self.colleague).write({"text": "anders"})
        with self.assertRaisesRegex(UserError, "only who wrote it"):
            self._as(note, self.colleague).unlink()
        reader = self.one.reader_ids.filtered(lambda one: one.user_id == self.colleague)
        reader.action_revoke()
        with self.assertRaises(AccessError):
            self._as(note, self.colleague).read(["text"])
        with self.assertRaisesRegex(UserError, "Admit somebody else first"):
            self.one.reader_ids.filtered(lambda one: not one.revoked_at).action_revoke()

    def test_nobody_deletes_notes_along_with_a_party(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        with self.assertRaisesRegex(AccessError, "Only the mediators"):
            self._as(self.two, self.colleague).unlink()
        with self.assertRaisesRegex(AccessError, "Only the mediators"):
            self._as(self.mediation, self.colleague).unlink()
        self.one.action_hold_talks()
        self.one.note_ids.create({"party_id": self.one.id, "text": "Kennwort"})
        for record in (self.one, self.mediation):
            with self.assertRaisesRegex(UserError, "notes of talks"):
                record.unlink()

    def test_who_takes_the_case_over_holds_the_talks(self):
        self.one.action_hold_talks()
        self.one.note_ids.create({"party_id": self.one.id, "text": "Kennwort"})
        transfer = self.env["sozial.case.transfer"].with_user(self.worker)._ask(self.case, self.colleague, "workload")
        self._as(transfer, self.colleague).action_accept()
        self._as(self.mediation, self.colleague).action_mediate()
        theirs = self._as(self.one, self.colleague)
        self.assertFalse(theirs.note_ids)
        theirs.action_hold_talks()
        self.assertEqual(self._as(self.one, self.colleague).note_ids.text, "Kennwort")
        self.assertTrue(self.one.sudo().reader_ids.filtered(lambda one: one.user_id == self.worker).revoked_at)

    def test_the_grant_of_another_case_admits_nobody(self):
        self.one.action_hold_talks()
        foreign = self._open_case(user=self.worker).access_ids[:1]
        with self.assertRaisesRegex(AccessError, "access to the case"):
            foreign.with_context(mediation_party_id=self.one.id).action_admit_to_notes()

    def test_readers_end_with_their_grant(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self.one.action_hold_talks()
        note = self.one.note_ids.create({"party_id": self.one.id, "text": "Kennwort"})
        grant = self.one.colleague_ids.filtered(lambda one: one.user_id == self.colleague)
        grant.with_context(mediation_party_id=self.one.id).action_admit_to_notes()
        grant.action_revoke()
        with self.assertRaises(AccessError):
            self._as(note, self.colleague).read(["text"])

    def test_the_second_mediator_reads_notes_only_when_admitted(self):
        self.case.action_grant_access(self.colleague.id, "co", "Tandem")
        self._as(self.mediation, self.colleague).action_co_mediate()
        self.one.action_hold_talks()
        note = self.one.note_ids.create({"party_id": self.one.id, "text": "Kennwort-Zaunkönig"})
        with self.assertRaises(AccessError):
            self._as(note, self.colleague).read(["text"])
        with self.assertRaisesRegex(UserError, "may admit you"):
            self._as(self.one, self.colleague).action_hold_talks()
        theirs = self._as(self.two, self.colleague)
        theirs.action_hold_talks()
        other = theirs.note_ids.create({"party_id": self.two.id, "text": "Nur hier"})
        with self.assertRaises(AccessError):
            self._as(other, self.worker).read(["text"])
        grant = self.one.colleague_ids.filtered(lambda one: one.user_id == self.colleague)
        grant.with_context(mediation_party_id=self.one.id).action_admit_to_notes()
        self.assertEqual(self._as(note, self.colleague).text, "Kennwort-Zaunkönig")
        with self.assertRaises(AccessError):
            self._as(other, self.worker).read(["text"])
