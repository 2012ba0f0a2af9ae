"""Guards of the addons for partners and rooms, like those in `guards.py`."""

PARTNER, ROOM, BOTH = "sozial_management_partner", "sozial_management_room", "sozial_management_partner_room"
CALL, FILE, OPENING, SEAL, REVIEW, AWARD = (
    f"{PARTNER}/test_{module}" for module in ("call", "record", "opening", "seal", "review", "award")
)
AGREEMENT, REFERRAL = f"{PARTNER}/test_agreement:TestAgreement", f"{PARTNER}/test_referral:TestReferral"
REPORT, PROOF = f"{PARTNER}/test_duty:TestReport", f"{PARTNER}/test_proof:TestProof"
FIGURES = f"{PARTNER}/test_referral_figures:TestReferralFigures"
JOINT = f"{PARTNER}/test_joint_bid:TestJointBid"
SAFE, SUBMISSION = f"{PARTNER}/test_evidence:TestEvidence", f"{PARTNER}/test_submission:TestSubmission"
KEY = f"{PARTNER}/test_encryption:TestPreparation"
ATTENDANCE, TALLY = f"{ROOM}/test_attendance:TestAttendance", f"{ROOM}/test_tally:TestTally"
SETTLED = f"{ROOM}/test_attendance_settled:TestAttendanceSettled"
TOGETHER = f"{ROOM}/test_joint_sessions:TestJointSessions"
VOLUNTEER = f"{ROOM}/test_volunteer:TestVolunteer"
ACTIVITY = f"{ROOM}/test_activity:TestActivity"
REGISTRATION = f"{ROOM}/test_registration:TestRegistration"
BOOKING, WAITING, KEYS = f"{ROOM}/test_booking", f"{ROOM}/test_waiting:TestWaiting", f"{ROOM}/test_keys:TestKeys"

AGREED_ROOMS, AGREED_HOURS = f"{BOTH}/test_agreement_rooms:TestAgreementRooms", f"{BOTH}/test_agreement_hours:TestAgreementHours"

GUARDS_OF_ADDONS = {
    # rooms of an agreement: signed with it, and the right follows from it alone
    f"{BOTH}/models.agreement.agreement:SozialAgreement.write": [f"{AGREED_ROOMS}.test_signed_rooms_do_not_change"],
    f"{BOTH}/models.agreement.hour:SozialAgreementHour.write": [f"{AGREED_HOURS}.test_signed_hours_do_not_change"],
    f"{BOTH}/models.agreement.hour:SozialAgreementHour._unlink_in_drafts": [f"{AGREED_HOURS}.test_signed_hours_do_not_change"],
    f"{BOTH}/models.room.booking:SozialRoomBooking.write": [f"{AGREED_ROOMS}.test_nobody_says_by_which_agreement_a_booking_is"],
    # a call: drafts change freely, what is published does not
    f"{PARTNER}/models.call.call:SozialCall.write": [f"{CALL}:TestCall.test_guarded_fields_are_set_by_nobody"],
    f"{PARTNER}/models.call.call:SozialCall._require_unfrozen": [f"{CALL}:TestCall.test_published_content_is_frozen"],
    f"{PARTNER}/models.call.call:SozialCall._unlink_drafts_only": [f"{CALL}:TestCall.test_published_content_is_frozen"],
    f"{PARTNER}/models.call.frozen:SozialCallPart.write": [f"{CALL}:TestCall.test_published_content_is_frozen"],
    f"{PARTNER}/models.call.frozen:SozialCallPart._unlink_unfrozen": [f"{CALL}:TestCall.test_published_content_is_frozen"],
    f"{PARTNER}/models.call.section:SozialCallSection.write": [f"{CALL}:TestCall.test_sections_are_checked_with_the_whole_call"],
    f"{PARTNER}/models.call.section:SozialCallSection._refuse_review": [f"{CALL}:TestCall.test_sections_are_checked_with_the_whole_call"],
    f"{PARTNER}/models.call.version:SozialCallVersion.write": [f"{CALL}:TestCall.test_a_version_holds_everything_and_does_not_change"],
    f"{PARTNER}/models.call.version:SozialCallVersion._unlink_never": [
        f"{CALL}:TestCall.test_a_version_holds_everything_and_does_not_change",
    ],
    f"{PARTNER}/models.call.call_transitions:SozialCall._require": [f"{CALL}:TestCall.test_everything_that_is_missing_is_named_at_once"],
    f"{PARTNER}/models.call.call_change:SozialCall._require_changeable": [
        f"{CALL}_change:TestCallChange.test_after_the_deadline_nothing_changes",
    ],
    f"{PARTNER}/models.call.call_change:SozialCall._require_later": [f"{CALL}_change:TestCallChange.test_deadlines_move_later_only"],
    f"{PARTNER}/models.call.question:SozialCallQuestion.write": [f"{CALL}_question:TestCallQuestion.test_an_answered_question_stays"],
    f"{PARTNER}/models.call.question:SozialCallQuestion._require_neutral": [
        f"{CALL}_question:TestCallQuestion.test_the_public_text_names_no_organisation",
    ],
    f"{PARTNER}/models.review.call:SozialCall._refuse_guarded": [f"{CALL}:TestCall.test_guarded_fields_are_set_by_nobody"],
    f"{PARTNER}/models.opening.call:SozialCall._refuse_guarded": [f"{CALL}:TestCall.test_guarded_fields_are_set_by_nobody"],
    f"{PARTNER}/models.record.record:SozialCallRecord._refuse_change": [
        f"{FILE}:TestRecord.test_nobody_writes_changes_or_deletes_through_the_orm",
    ],
    # activities and their sessions
    f"{ROOM}/models.activity.activity_state:SozialActivity.write": [f"{ACTIVITY}.test_status_by_buttons_only"],
    f"{ROOM}/models.activity.activity_state:SozialActivity._require_state": [f"{ACTIVITY}.test_status_by_buttons_only"],
    f"{ROOM}/models.activity.activity_state:SozialActivity._require_nothing_to_come": [f"{ACTIVITY}.test_status_by_buttons_only"],
    f"{ROOM}/models.activity.activity_state:SozialActivity._unlink_unused": [f"{ACTIVITY}.test_status_by_buttons_only"],
    f"{ROOM}/models.activity.session:SozialActivitySession._require_coming": [f"{ACTIVITY}.test_what_is_over_or_cancelled_stays_as_it_is"],
    f"{ROOM}/models.activity.session:SozialActivitySession._unlink_cancelled": [
        f"{ACTIVITY}.test_what_follows_from_the_booking_is_not_written",
    ],
    f"{ROOM}/models.activity.session_slot:SozialActivitySession.write": [f"{ACTIVITY}.test_what_follows_from_the_booking_is_not_written"],
    f"{ROOM}/models.activity.partners:SozialActivitySession.write": [f"{TOGETHER}.test_what_was_reported_stays_joint"],
    f"{ROOM}/models.activity.partners:SozialActivity.write": [f"{TOGETHER}.test_other_partners_of_the_activity_run_what_is_to_come"],
    f"{ROOM}/models.activity.partners:SozialActivity._require_organisations": [
        f"{TOGETHER}.test_organisations_of_the_own_company_only",
        f"{ACTIVITY}.test_partners_are_organisations",
    ],
    f"{ROOM}/models.registration.registration:SozialActivityRegistration.write": [f"{REGISTRATION}.test_kept_fields_are_set_by_nobody"],
    f"{ROOM}/models.registration.registration:SozialActivityRegistration._require_open": [f"{REGISTRATION}.test_what_is_over_takes_nobody"],
    f"{ROOM}/models.registration.registration:SozialActivityRegistration._require_state": [
        f"{REGISTRATION}.test_the_waiting_list_moves_up",
    ],
    f"{ROOM}/models.registration.booking:SozialRoomBooking.write": [f"{REGISTRATION}.test_everybody_registered_is_told"],
    f"{ROOM}/models.activity.series:SozialRoomSeries.write": [f"{ACTIVITY}.test_a_series_makes_its_sessions"],
    # attendance (invariant 24) and volunteers
    f"{ROOM}/models.attendance.attendance:SozialActivityAttendance.write": [f"{ATTENDANCE}.test_a_row_stays_with_its_session"],
    f"{ROOM}/models.attendance.attendance:SozialActivityAttendance._unlink_open": [
        f"{ATTENDANCE}.test_rows_of_a_locked_quarter_stay_without_the_sheet_too",
    ],
    f"{ROOM}/wizards.activity_report:SozialActivityReport._require_published": [
        "sozial_management_room/test_activity_report:TestActivityReport.test_reading_publishes_nothing"
    ],
    f"{ROOM}/models.attendance.attendance:SozialActivityAttendance._require_open": [
        f"{ATTENDANCE}.test_rows_of_a_locked_quarter_stay_without_the_sheet_too",
    ],
    f"{ROOM}/models.attendance.count:SozialActivityCount.write": [f"{ATTENDANCE}.test_entries_stay_and_are_never_fewer_than_none"],
    f"{ROOM}/models.attendance.count:SozialActivityCount._unlink_never": [f"{ATTENDANCE}.test_entries_stay_and_are_never_fewer_than_none"],
    f"{ROOM}/models.attendance.count:SozialActivityCount._require_not_negative": [
        f"{ATTENDANCE}.test_entries_stay_and_are_never_fewer_than_none",
    ],
    f"{ROOM}/models.attendance.quarter:SozialActivityQuarter.write": [f"{ATTENDANCE}.test_a_locked_quarter_stays_as_it_is"],
    f"{ROOM}/models.attendance.quarter:SozialActivityQuarter._unlink_never": [f"{ATTENDANCE}.test_a_locked_quarter_stays_as_it_is"],
    f"{ROOM}/models.attendance.quarter:SozialActivityQuarter._require_open": [f"{ATTENDANCE}.test_a_locked_quarter_stays_as_it_is"],
    f"{ROOM}/models.attendance.quarter:SozialActivityQuarter._require_locked": [
        f"{ATTENDANCE}.test_a_correction_is_a_second_entry_with_a_reason",
    ],
    f"{ROOM}/models.attendance.sheet:SozialActivitySheet.write": [f"{ATTENDANCE}.test_a_row_stays_with_its_session"],
    f"{ROOM}/models.attendance.session:SozialActivitySession._require_countable": [
        f"{ATTENDANCE}.test_what_does_not_take_place_or_is_to_come_is_not_counted",
    ],
    f"{ROOM}/models.attendance.sheet_save:SozialActivitySession._require_names_among_numbers": [
        f"{ATTENDANCE}.test_everybody_counted_and_names_beside_it_count_once",
    ],
    f"{ROOM}/models.attendance.session:SozialActivitySession._require_uncounted": [
        f"{SETTLED}.test_what_was_counted_was_held_at_its_time",
    ],
    f"{ROOM}/models.attendance.booking:SozialRoomBooking.write": [f"{SETTLED}.test_a_booking_of_a_locked_quarter_stays"],
    f"{ROOM}/models.attendance.booking:SozialActivitySession.write": [f"{SETTLED}.test_outside_the_own_rooms_too"],
    f"{ROOM}/models.attendance.booking:SozialActivitySession._require_still_open": [
        f"{SETTLED}.test_nothing_is_moved_into_a_locked_quarter",
    ],
    f"{ROOM}/models.attendance.booking:SozialActivity.write": [
        f"{SETTLED}.test_an_activity_keeps_its_centre_for_a_locked_quarter",
        f"{ROOM}/test_quarter_centres:TestQuarterCentres.test_nothing_is_brought_to_a_centre_that_is_locked",
    ],
    f"{ROOM}/models.attendance.quarter:SozialActivityQuarter._require_open_days": [f"{SETTLED}.test_hours_of_a_locked_quarter_stay"],
    f"{ROOM}/models.attendance.hour:SozialVolunteerHour.create": [f"{SETTLED}.test_hours_of_a_locked_quarter_stay"],
    f"{ROOM}/models.attendance.hour:SozialVolunteerHour.write": [f"{SETTLED}.test_hours_of_a_locked_quarter_stay"],
    f"{ROOM}/models.attendance.hour:SozialVolunteerHour._unlink_open": [f"{SETTLED}.test_hours_of_a_locked_quarter_stay"],
    f"{ROOM}/models.attendance.hour:SozialVolunteerHour._require_by_hand": [
        f"{SETTLED}.test_hours_of_a_session_are_those_of_its_list",
    ],
    f"{ROOM}/models.attendance.hour:SozialVolunteerHour._require_open": [f"{SETTLED}.test_hours_of_a_locked_quarter_stay"],
    f"{ROOM}/models.named.named:SozialRoomNamed._require_named_readable": [
        f"{ROOM}/test_form_named:TestFormNamed.test_foreign_rows_are_refused",
    ],
    f"{ROOM}/models.activity.session_slot:SozialActivitySession._require_leader_by_management": [
        f"{ROOM}/test_room_privacy:TestConsultationHours.test_nobody_makes_oneself_the_leader",
    ],
    f"{ROOM}/models.registration.activity_public:SozialActivity._require_slot": [
        f"{ROOM}/test_registration_pages:TestRegistrationPages.test_a_slot_of_a_consultation_hour",
    ],
    f"{ROOM}/models.registration.activity_public:SozialActivity._require_seats_for_others": [
        f"{ROOM}/test_room_privacy:TestRegistrationEnds.test_one_login_does_not_take_all_seats",
    ],
    f"{ROOM}/models.attendance.tally:SozialActivitySession._require_tally": [f"{TALLY}.test_a_cancelled_session_is_not_counted"],
    f"{ROOM}/models.volunteer.volunteer:SozialVolunteer.unlink": [f"{VOLUNTEER}.test_the_register_forgets_and_keeps_the_hours"],
    f"{ROOM}/models.volunteer.volunteer_papers:SozialVolunteer.write": [
        f"{VOLUNTEER}.test_who_saw_a_certificate_is_not_entered_by_hand",
    ],
    # organisations
    f"{PARTNER}/models.organisation.res_partner:ResPartner.create": [f"{SAFE}.test_verification_is_by_the_button"],
    f"{PARTNER}/models.organisation.res_partner:ResPartner.write": [f"{SAFE}.test_verification_is_by_the_button"],
    f"{PARTNER}/models.organisation.res_partner:ResPartner._require_procurement": [f"{SAFE}.test_verification_is_by_the_button"],
    f"{PARTNER}/models.organisation.res_partner:ResPartner._refuse_verification": [f"{SAFE}.test_verification_is_by_the_button"],
    # submissions (invariants 12 to 15)
    f"{PARTNER}/models.submission.handing_in:SozialSubmission._require_open_draft": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.submission:SozialSubmission.write": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.submission:SozialSubmission._unlink_drafts_only": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.content:SozialSubmissionContent.write": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.content:SozialSubmissionContent._unlink_drafts_only": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.content:SozialSubmissionContent._require_draft": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.content:SozialSubmissionContent.create": [
        f"{SUBMISSION}.test_what_was_handed_in_does_not_change_whoever_asks",
    ],
    f"{PARTNER}/models.submission.member:SozialSubmissionMember.write": [f"{JOINT}.test_nobody_writes_past_the_methods"],
    f"{PARTNER}/models.submission.member:SozialSubmissionMember._require_own": [f"{JOINT}.test_only_the_member_itself_confirms_or_leaves"],
    f"{PARTNER}/models.submission.member:SozialSubmissionMember._require_once": [
        f"{PARTNER}/test_joint_invited:TestJointInvited.test_who_leads_is_no_member_and_nobody_is_twice",
    ],
    f"{PARTNER}/models.submission.member:SozialSubmissionMember._unlink_from_drafts_only": [f"{JOINT}.test_nobody_writes_past_the_methods"],
    f"{PARTNER}/models.submission.sealed:SozialSealed._check_access": [
        f"{SEAL}:TestQuestions.test_what_exists_and_what_does_not_are_refused_alike",
    ],
    f"{PARTNER}/models.submission.late:SozialSubmissionLate.write": [
        f"{PARTNER}/test_submission:TestDeadline.test_a_late_attempt_is_logged_and_cannot_be_undone",
    ],
    f"{PARTNER}/models.submission.late:SozialSubmissionLate._unlink_never": [
        f"{PARTNER}/test_submission:TestDeadline.test_a_late_attempt_is_logged_and_cannot_be_undone",
    ],
    f"{PARTNER}/models.submission.envelope:SozialSubmissionEnvelope.create": [
        f"{SEAL}:TestEnvelope.test_only_its_receiver_reads_it_before_the_opening",
    ],
    f"{PARTNER}/models.submission.envelope:SozialSubmissionEnvelope.write": [f"{SEAL}:TestEnvelope.test_the_log_does_not_change"],
    f"{PARTNER}/models.submission.envelope:SozialSubmissionEnvelope._unlink_never": [f"{SEAL}:TestEnvelope.test_the_log_does_not_change"],
    f"{PARTNER}/models.submission.ir_attachment:IrAttachment._require_closed": [
        f"{SEAL}:TestTraces.test_no_link_for_people_without_a_login",
    ],
    f"{PARTNER}/models.submission.ir_binary:IrBinary._find_record": [f"{SEAL}_http:TestFilesAndReports.test_files_by_their_address"],
    f"{PARTNER}/models.submission.mail_message:MailMessage.create": [f"{SEAL}:TestTraces.test_no_messages_and_no_activities"],
    f"{PARTNER}/models.submission.mail_message:MailMessage.write": [f"{SEAL}:TestTraces.test_no_messages_and_no_activities"],
    f"{PARTNER}/models.submission.mail_message:MailMessage._refuse_on_submission": [
        f"{SEAL}:TestTraces.test_no_messages_and_no_activities",
    ],
    f"{PARTNER}/models.submission.mail_activity:MailActivity.create": [f"{SEAL}:TestTraces.test_no_messages_and_no_activities"],
    f"{PARTNER}/models.submission.mail_activity:MailActivity.write": [f"{SEAL}:TestTraces.test_no_messages_and_no_activities"],
    # opening
    f"{PARTNER}/models.opening.opening:SozialCallOpening.write": [f"{OPENING}:TestOpening.test_the_protocol_lists_what_was_found"],
    f"{PARTNER}/models.opening.opening:SozialCallOpening._unlink_never": [f"{OPENING}:TestOpening.test_the_protocol_lists_what_was_found"],
    f"{PARTNER}/models.opening.evidence_request:SozialEvidenceRequest.create": [
        f"{OPENING}:TestEvidenceRequest.test_forged_states_are_refused",
    ],
    f"{PARTNER}/models.opening.evidence_request:SozialEvidenceRequest.write": [
        f"{OPENING}:TestEvidenceRequest.test_all_alike_with_one_date",
    ],
    f"{PARTNER}/models.opening.evidence_request:SozialEvidenceRequest._unlink_drafts_only": [
        f"{OPENING}:TestEvidenceRequest.test_all_alike_with_one_date",
    ],
    f"{PARTNER}/models.opening.evidence_answer:SozialEvidenceAnswer.write": [f"{OPENING}:TestEvidenceRequest.test_all_alike_with_one_date"],
    f"{PARTNER}/models.opening.evidence_answer:SozialEvidenceAnswer._unlink_never": [
        f"{OPENING}:TestEvidenceRequest.test_all_alike_with_one_date",
    ],
    # the file of a call
    f"{PARTNER}/models.record.record:SozialCallRecord.create": [f"{FILE}:TestRecord.test_nobody_writes_changes_or_deletes_through_the_orm"],
    f"{PARTNER}/models.record.record:SozialCallRecord.write": [f"{FILE}:TestRecord.test_nobody_writes_changes_or_deletes_through_the_orm"],
    f"{PARTNER}/models.record.record:SozialCallRecord.unlink": [f"{FILE}:TestRecord.test_nobody_writes_changes_or_deletes_through_the_orm"],
    f"{PARTNER}/models.record.call:SozialCall._move": [f"{FILE}:TestRecord.test_steps_of_a_new_call_enter"],
    f"{PARTNER}/models.record.call:SozialCall._record_release": [f"{FILE}:TestSealedRecord.test_at_the_opening_it_joins_with_its_own_time"],
    # review and award (invariants 16 and 17)
    f"{PARTNER}/models.review.member:SozialReviewMember.write": [f"{REVIEW}:TestInterest.test_the_declaration_is_not_written"],
    f"{PARTNER}/models.review.member:SozialReviewMember._require_own": [
        f"{REVIEW}:TestInterest.test_only_the_person_declares_and_only_once",
    ],
    f"{PARTNER}/models.review.review:SozialReview._require_open": [f"{REVIEW}:TestIndependence.test_scores_stay_once_handed_in"],
    f"{PARTNER}/models.review.review:SozialReview._unlink_never": [f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written"],
    f"{PARTNER}/models.review.eligibility:SozialReviewEligibility._require_before_review": [
        f"{REVIEW}:TestIndependence.test_eligibility_freezes_with_the_first_sheet",
    ],
    f"{PARTNER}/models.review.consensus:SozialReviewConsensus._require_possible": [
        f"{REVIEW}:TestRanking.test_the_panel_agrees_and_the_single_scores_stay",
    ],
    f"{PARTNER}/models.review.call:SozialCall._require_eligibility": [f"{REVIEW}:TestIndependence.test_eligibility_is_decided_first"],
    f"{PARTNER}/models.review.call:SozialCall._require_reviewed": [
        f"{REVIEW}:TestRanking.test_two_reviewers_at_least", f"{REVIEW}:TestRanking.test_all_have_handed_in",
    ],
    f"{PARTNER}/models.award.award:SozialAward.write": [f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written"],
    f"{PARTNER}/models.award.award:SozialAward._unlink_never": [f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written"],
    f"{PARTNER}/models.award.place:SozialAwardPlace.write": [f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written"],
    f"{PARTNER}/models.award.award_steps:SozialAward._require_approver": [
        f"{AWARD}:TestAward.test_a_second_person_approves", f"{AWARD}:TestAward.test_who_approves_is_not_the_only_reviewer",
    ],
    f"{PARTNER}/models.award.award_steps:SozialAward._require_may_award": [
        f"{AWARD}:TestAward.test_no_award_before_every_letter_is_sent",
        f"{AWARD}:TestAward.test_no_award_before_the_waiting_period_is_over",
    ],
    f"{PARTNER}/models.award.award_steps:SozialAward._require_state": [
        f"{AWARD}:TestAward.test_the_winner_withdraws_and_the_next_one_is_chosen",
    ],
    f"{PARTNER}/models.award.letter:SozialAwardLetter.write": [f"{AWARD}:TestAward.test_a_sent_letter_stays"],
    f"{PARTNER}/models.review.member:SozialReviewMember._unlink_undeclared": [
        f"{REVIEW}:TestInterest.test_a_declaration_comes_after_the_opening_and_stays",
    ],
    f"{PARTNER}/models.review.member:SozialReviewMember._require_opened": [
        f"{REVIEW}:TestInterest.test_a_declaration_comes_after_the_opening_and_stays",
    ],
    f"{PARTNER}/models.review.eligibility:SozialReviewEligibility.write": [
        f"{REVIEW}:TestIndependence.test_eligibility_freezes_with_the_first_sheet",
    ],
    f"{PARTNER}/models.review.review:SozialReview.write": [f"{REVIEW}:TestIndependence.test_scores_stay_once_handed_in"],
    f"{PARTNER}/models.review.score:SozialReviewScore.write": [f"{REVIEW}:TestIndependence.test_scores_stay_once_handed_in"],
    f"{PARTNER}/models.review.eligibility:SozialReviewEligibility._unlink_never": [
        f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written",
    ],
    f"{PARTNER}/models.review.score:SozialReviewScore._unlink_never": [f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written"],
    f"{PARTNER}/models.review.consensus:SozialReviewConsensus.write": [
        f"{REVIEW}:TestRanking.test_the_panel_agrees_and_the_single_scores_stay",
    ],
    f"{PARTNER}/models.review.consensus:SozialReviewConsensus._unlink_never": [
        f"{REVIEW}:TestRanking.test_the_panel_agrees_and_the_single_scores_stay",
    ],
    f"{PARTNER}/models.award.place:SozialAwardPlace._unlink_never": [f"{REVIEW}:TestRanking.test_nothing_of_the_ranking_is_written"],
    f"{PARTNER}/models.award.letter:SozialAwardLetter._unlink_never": [f"{AWARD}:TestAward.test_a_sent_letter_stays"],
    f"{PARTNER}/models.award.letter:SozialAwardLetter._require_unsent": [f"{AWARD}:TestAward.test_a_sent_letter_stays"],
    # parts of the key of an encrypted call
    f"{PARTNER}/models.keys.recovery:SozialCall._key_problems": [f"{KEY}.test_who_made_the_code_does_not_become_an_opener"],
    f"{PARTNER}/models.keys.key:SozialCallKey.create": [f"{KEY}.test_keys_are_not_written_by_hand"],
    f"{PARTNER}/models.keys.key:SozialCallKey.write": [f"{KEY}.test_keys_are_not_written_by_hand"],
    f"{PARTNER}/models.keys.key:SozialCallKey._require_own": [f"{KEY}.test_nobody_sets_the_passphrase_of_another"],
    f"{PARTNER}/models.keys.opening:SozialCallOpening._require_files": [
        f"{PARTNER}/test_encryption:TestCiphertext.test_without_its_files_nothing_is_opened_and_the_key_stays",
    ],
    # referrals (invariant 18)
    f"{PARTNER}/models.referral.referral:SozialReferral.write": [f"{REFERRAL}.test_what_was_sent_does_not_change"],
    f"{PARTNER}/models.referral.referral:SozialReferral._require_draft": [f"{REFERRAL}.test_what_was_sent_does_not_change"],
    f"{PARTNER}/models.referral.referral:SozialReferral._unlink_drafts": [f"{REFERRAL}.test_what_was_sent_does_not_change"],
    f"{PARTNER}/models.referral.referral:SozialReferral.unlink": [f"{REFERRAL}.test_erasing_the_case_takes_the_partners_side_along"],
    f"{PARTNER}/models.referral.line:SozialReferralLine.write": [f"{REFERRAL}.test_what_was_sent_does_not_change"],
    f"{PARTNER}/models.referral.line:SozialReferralLine._unlink_in_drafts": [f"{REFERRAL}.test_what_was_sent_does_not_change"],
    f"{PARTNER}/models.referral.proposal:SozialReferral._require_consent": [f"{REFERRAL}.test_acceptance_asks_for_the_consent_again"],
    f"{PARTNER}/models.referral.steps:SozialReferral._require_step": [f"{REFERRAL}.test_withdrawn"],
    # people of an organisation
    f"{PARTNER}/models.organisation.people:ResPartner.create": [
        f"{PARTNER}/test_people:TestPeople.test_only_who_runs_calls_says_who_manages"
    ],
    f"{PARTNER}/models.organisation.people:ResPartner.write": [
        f"{PARTNER}/test_people_invited:TestPeopleInvited.test_whoever_goes_to_another_organisation_manages_nobody"
    ],
    f"{PARTNER}/models.organisation.people:ResPartner._refuse_managing": [
        f"{PARTNER}/test_people:TestPeople.test_only_who_runs_calls_says_who_manages"
    ],
    f"{PARTNER}/models.organisation.people:ResPartner._require_managing": [
        f"{PARTNER}/test_people:TestPeople.test_only_who_manages_and_only_own_people"
    ],
    f"{PARTNER}/models.organisation.people:ResPartner._require_another_manager": [
        f"{PARTNER}/test_people:TestPeople.test_the_last_one_stays"
    ],
    # free capacity
    f"{PARTNER}/models.capacity.capacity:SozialCapacity.create": [
        f"{PARTNER}/test_capacity:TestCapacity.test_the_office_writes_down_what_is_told_on_the_phone"
    ],
    f"{PARTNER}/models.capacity.capacity:SozialCapacity.write": [
        f"{PARTNER}/test_capacity:TestCapacity.test_the_office_writes_down_what_is_told_on_the_phone"
    ],
    # reports, proofs of use, figures of referrals
    f"{PARTNER}/models.duty.position:SozialAgreementPosition.create": [f"{PROOF}.test_positions_stand_in_the_signed_text"],
    f"{PARTNER}/models.duty.position:SozialAgreementPosition.write": [f"{PROOF}.test_positions_stand_in_the_signed_text"],
    f"{PARTNER}/models.duty.position:SozialAgreementPosition._unlink_in_drafts": [f"{PROOF}.test_positions_stand_in_the_signed_text"],
    f"{PARTNER}/models.duty.duty:SozialAgreementDuty.write": [f"{REPORT}.test_nobody_goes_around_the_steps"],
    f"{PARTNER}/models.duty.duty:SozialAgreementDuty._require_not_accepted": [f"{REPORT}.test_after_the_acceptance_nothing_changes"],
    f"{PARTNER}/models.duty.duty:SozialAgreementDuty._require_state": [f"{REPORT}.test_after_the_acceptance_nothing_changes"],
    f"{PARTNER}/models.duty.duty:SozialAgreementDuty._unlink_never": [f"{REPORT}.test_nobody_goes_around_the_steps"],
    f"{PARTNER}/models.duty.proof_steps:SozialAgreementProof._require_open": [f"{PROOF}.test_what_is_handed_in_is_fixed"],
    f"{PARTNER}/models.duty.proof_repayment:SozialAgreementProof._require_repayment": [
        f"{PARTNER}/test_proof_repayment:TestProofRepayment.test_repaid_is_noted_once_by_who_may"
    ],
    f"{PARTNER}/models.duty.proof_receipt:SozialAgreementProofReceipt.create": [f"{PROOF}.test_what_is_handed_in_is_fixed"],
    f"{PARTNER}/models.duty.proof_receipt:SozialAgreementProofReceipt.write": [f"{PROOF}.test_what_is_handed_in_is_fixed"],
    f"{PARTNER}/models.duty.proof_receipt:SozialAgreementProofReceipt._unlink_while_open": [f"{PROOF}.test_what_is_handed_in_is_fixed"],
    f"{PARTNER}/models.network.fact:SozialReferralFact.write": [f"{FIGURES}.test_facts_are_for_nobody_and_stay"],
    f"{PARTNER}/models.network.fact:SozialReferralFact._unlink_never": [f"{FIGURES}.test_facts_are_for_nobody_and_stay"],
    f"{PARTNER}/models.network.network:SozialNetwork._require_group": [f"{FIGURES}.test_a_gap_becomes_a_call"],
    # agreements
    f"{PARTNER}/models.agreement.agreement:SozialAgreement.write": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.agreement:SozialAgreement._require_draft": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.agreement:SozialAgreement._unlink_drafts": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.service:SozialAgreementService.create": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.service:SozialAgreementService.write": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.service:SozialAgreementService._unlink_in_drafts": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.agreement_steps:SozialAgreement._require_state": [f"{AGREEMENT}.test_what_is_offered_does_not_change"],
    f"{PARTNER}/models.agreement.agreement_portal:SozialAgreement._require_own_open": [
        f"{AGREEMENT}.test_a_signature_says_who_and_in_which_function",
    ],
    # bookings, series, closures
    f"{ROOM}/models.booking.booking_transitions:SozialRoomBooking._require_state": [f"{BOOKING}:TestBooking.test_the_way_of_a_booking"],
    f"{ROOM}/models.booking.booking_transitions:SozialRoomBooking._require_begun": [f"{BOOKING}:TestBooking.test_the_way_of_a_booking"],
    f"{ROOM}/models.booking.booking_rules:SozialRoomBooking._require_bookable": [
        f"{BOOKING}:TestRequests.test_on_request_the_management_confirms",
    ],
    f"{ROOM}/models.booking.booking_rules:SozialRoomBooking._require_active_room": [
        f"{BOOKING}:TestBooking.test_an_archived_room_is_not_booked",
    ],
    f"{ROOM}/models.booking.booking:SozialRoomBooking.write": [f"{BOOKING}:TestBooking.test_state_moves_by_the_buttons_only"],
    f"{ROOM}/models.booking.booking:SozialRoomBooking._unlink_drafts": [f"{BOOKING}:TestBooking.test_what_is_over_stays"],
    f"{ROOM}/models.booking.booking:SozialRoomBooking._require_movable": [f"{BOOKING}:TestBooking.test_what_is_over_stays"],
    f"{ROOM}/models.series.series_booking:SozialRoomSeries._require_state": [
        f"{ROOM}/test_series:TestSeries.test_status_and_plan_change_by_buttons_only",
    ],
    f"{ROOM}/models.series.series:SozialRoomSeries.write": [f"{ROOM}/test_series:TestSeries.test_status_and_plan_change_by_buttons_only"],
    f"{ROOM}/models.series.series:SozialRoomSeries._unlink_planned": [
        f"{ROOM}/test_series:TestSeries.test_status_and_plan_change_by_buttons_only",
    ],
    f"{ROOM}/models.closure.closure_effect:SozialRoomClosure._require_state": [
        f"{ROOM}/test_closure:TestClosure.test_in_force_it_changes_by_its_buttons_only",
    ],
    f"{ROOM}/models.closure.closure:SozialRoomClosure.write": [
        f"{ROOM}/test_closure:TestClosure.test_in_force_it_changes_by_its_buttons_only",
    ],
    f"{ROOM}/models.closure.closure:SozialRoomClosure._unlink_drafts": [
        f"{ROOM}/test_closure:TestClosure.test_in_force_it_changes_by_its_buttons_only",
    ],
    # the waiting list
    f"{ROOM}/models.waiting.slot:SozialRoomWaiting.write": [f"{WAITING}.test_offers_are_not_written_by_hand"],
    f"{ROOM}/models.waiting.slot:SozialRoomWaiting._unlink_without_offer": [f"{WAITING}.test_offers_are_not_written_by_hand"],
    f"{ROOM}/models.waiting.slot:SozialRoomWaiting._require_state": [f"{WAITING}.test_offers_are_not_written_by_hand"],
    f"{ROOM}/models.waiting.slot:SozialRoomWaiting._require_sensible": [
        f"{WAITING}.test_nobody_waits_twice_for_the_past_or_without_a_word",
    ],
    # keys and deposits
    f"{ROOM}/models.notice.notice:SozialCentreNotice.write": [
        f"{ROOM}/test_centre_notice:TestCentreNotice.test_whoever_writes_it_is_its_author",
    ],
    f"{ROOM}/models.key.protocol:SozialRoomProtocol.write": [f"{KEYS}.test_a_protocol_stays_what_it_is"],
    f"{ROOM}/models.key.protocol:SozialRoomProtocol._unlink_last_first": [f"{KEYS}.test_a_protocol_stays_what_it_is"],
    f"{ROOM}/models.key.protocol:SozialRoomProtocol._require_fitting": [f"{KEYS}.test_keys_go_and_come_in_order"],
    f"{ROOM}/models.key.deposit:SozialRoomDeposit.write": [f"{KEYS}.test_a_settled_deposit_stays_what_it_is"],
    f"{ROOM}/models.key.deposit:SozialRoomDeposit._unlink_open": [f"{KEYS}.test_a_settled_deposit_stays_what_it_is"],
    f"{ROOM}/models.key.deposit:SozialRoomDeposit._require_open": [f"{KEYS}.test_a_settled_deposit_stays_what_it_is"],
}  # fmt: skip
