"""Guards in Python, and the tests that fail without them.

Key: module below ``odoo.addons.sozial_management`` (of another addon: its name and a slash before),
class, method. In the run the method is taken
away, so that what it overrides is called; where it overrides nothing it does nothing. Value:
``file:Class.test`` or ``file:Class`` below the addon's tests, tried in this order.

`test_guards.py` lists what is missing here: a new guard needs its line. Those of the other addons
stand in `guards_of_addons.py`, those of debts, funds and campaigns in `guards_of_finances.py`.
"""

from guards_of_addons import BOTH, GUARDS_OF_ADDONS, PARTNER, ROOM
from guards_of_finances import DEBT, GUARDS_OF_FINANCES
from guards_of_mediation import GUARDS_OF_MEDIATION
from guards_of_projects import GUARDS_OF_PROJECTS

SECRECY, DETOURS, GRANTS = "test_case_secrecy", "test_case_detours", "test_grants"
DOORS, TRACES, HTTP = "test_side_doors", "test_side_doors_traces", "test_side_doors_http"
LOCKOUT = f"{GRANTS}:TestLockout"
FOLLOW = f"{GRANTS}:TestGrantsFollowThePerson"
NEUTRAL = f"{SECRECY}:TestNeutralCommunication"
PHASES = "test_case_phases"
PAPERS = "test_side_doors_documents:TestDocuments"
IDS = "test_side_doors_ids:TestForeignAndMissing"
ASSESS, PLAN = "test_assessment:TestAssessment", "test_plan:TestPlan"
CASE, NOTE, HANDOVER = "test_case:TestCase", "test_case:TestContactNote", "test_case:TestHandover"
CONSENT, GIVING, SIGNAL = "test_consent:TestConsentSecrecy", "test_consent:TestGiving", "test_signal:TestLandlordFirewall"

ENDED = [f"{CASE}.test_a_closed_case_stays_as_it_was", f"{DEBT}:TestClaim.test_an_ended_case_stays_as_it_was"]
CHANGES = "test_access_changes:TestAccessChanges"

GUARDS = {
    # cases change hands
    "models.team.transfer:SozialCaseTransfer.write": ["test_transfer:TestTransfer.test_nothing_is_written_past_the_buttons"],
    "models.team.transfer:SozialCaseTransfer._problem": ["test_transfer:TestTransfer.test_what_cannot_be_asked"],
    "models.team.transfer_line:SozialCaseTransferLine.write": ["test_transfer:TestTransfer.test_nothing_is_written_past_the_buttons"],
    "models.team.standin:SozialStandin._problem": ["test_transfer:TestStandin.test_what_cannot_be_arranged"],
    "models.team.second_opinion:SozialSecondOpinion._require_anonymous": [
        "test_team:TestSecondOpinion.test_a_text_that_names_somebody_is_refused",
    ],
    "models.team.second_opinion:SozialSecondOpinion._require_draft": ["test_team:TestSecondOpinion.test_what_was_asked_stays"],
    "models.team.opinion_question:SozialOpinionQuestion.write": ["test_team:TestSecondOpinion.test_only_who_is_asked_answers"],
    # steps of a case
    "models.step.step:SozialCaseStep._require_open": ["test_steps:TestSteps.test_what_is_done_stays"],
    "models.step.step:SozialCaseStep._check_access_of_people": ["test_steps:TestSteps.test_only_people_with_access_get_steps"],
    "models.step.step:SozialCaseStep._cover": ["test_steps:TestSteps.test_what_is_done_is_not_planned_again"],
    **GUARDS_OF_ADDONS,
    **GUARDS_OF_MEDIATION,
    **GUARDS_OF_PROJECTS,
    # grants
    "models.case.access:SozialCaseAccess.write": [f"{SECRECY}:TestGrants.test_grants_are_not_changed_or_deleted"],
    "models.case.access:SozialCaseAccess._unlink_never": [f"{SECRECY}:TestGrants.test_grants_are_not_changed_or_deleted"],
    "models.case.access:SozialCaseAccess._end_unqualified": [f"{FOLLOW}.test_archived_and_back_again"],
    "models.case.res_users:ResUsers.write": [f"{FOLLOW}.test_archived_and_back_again"],
    "models.case.res_groups:ResGroups.write": [f"{FOLLOW}.test_role_taken_from_the_side_of_the_group"],
    "models.case.case_grants:SozialCase._require_may_grant": [
        f"{SECRECY}:TestGrants.test_level_is_for_the_one_in_charge_and_the_head", f"{LOCKOUT}.test_who_may_set_it",
    ],
    "models.case.case_grants:SozialCase._grant_problem": [f"{SECRECY}:TestGrants.test_a_grant_says_what_is_missing"],
    "models.case.case_grants:SozialCase._locked_out_users": [f"{LOCKOUT}.test_beats_a_grant_that_still_holds"],
    "models.case.case_grants:SozialCase._follow_level": [f"{SECRECY}:TestGrants.test_strict_has_no_standing_head_access"],
    "models.case.lockout:SozialCaseLockout.write": [f"{LOCKOUT}.test_is_neither_changed_nor_deleted_nor_doubled"],
    "models.case.lockout:SozialCaseLockout._unlink_never": [f"{LOCKOUT}.test_is_neither_changed_nor_deleted_nor_doubled"],
    "models.case.lockout:SozialCaseLockout.create": [f"{LOCKOUT}.test_who_may_set_it", f"{LOCKOUT}.test_shuts_out_and_ends_the_grant"],
    "models.case.reviewed:SozialReviewed.write": [f"{GRANTS}:TestEmergency.test_data_protection_reviews"],
    "models.case.reviewed:SozialReviewed._unlink_never": [f"{GRANTS}:TestEmergency.test_data_protection_reviews"],
    "models.case.case_communication:SozialCase._notify_emergency": [f"{GRANTS}:TestEmergency.test_three_hours_logged_and_told"],
    "models.case.case_communication:SozialCase._reassign_open_activities": [
        f"{NEUTRAL}.test_ending_a_grant_takes_the_activities_away",
    ],
    # the case and what belongs to it
    "models.case.guarded:SozialGuarded._refuse_guarded": [f"{CASE}.test_guarded_fields_are_not_written"],
    "models.case.guarded:SozialGuarded._without_guarded_defaults": [f"{CASE}.test_state_cannot_slip_in_by_default"],
    "models.case.case:SozialCase._require_not_ended": [f"{CASE}.test_a_closed_case_stays_as_it_was"],
    "models.case.case:SozialCase.copy": [f"{CASE}.test_no_copy_no_delete"],
    "models.case.case:SozialCase._unlink_never": [f"{CASE}.test_no_copy_no_delete"],
    "models.case.case:SozialCase._readers": [f"{DETOURS}:TestForms"],
    "models.case.case_transitions:SozialCase._require_order": [f"{PHASES}:TestIntake.test_phases_keep_their_order"],
    "models.case.case_transitions:SozialCase._require": [f"{PHASES}:TestIntake.test_everything_missing_is_said_at_once"],
    "models.assessment.assessment:SozialAssessment.create": [f"{ASSESS}.test_state_and_author_are_not_given"],
    "models.assessment.assessment:SozialAssessment.write": [f"{ASSESS}.test_final_is_final"],
    "models.assessment.assessment:SozialAssessment._require_own_draft": [f"{ASSESS}.test_final_is_final"],
    "models.assessment.assessment:SozialAssessment._unlink_own_draft": [f"{ASSESS}.test_final_is_final"],
    "models.assessment.assessment:SozialAssessment._check_date": [f"{ASSESS}.test_a_day_to_come_and_a_level_without_a_talk_are_refused"],
    "models.assessment.assessment_line:SozialAssessmentLine.create": [f"{ASSESS}.test_final_is_final"],
    "models.assessment.assessment_line:SozialAssessmentLine.write": [f"{ASSESS}.test_final_is_final"],
    "models.assessment.assessment_line:SozialAssessmentLine._unlink_own_draft": [f"{ASSESS}.test_final_is_final"],
    "models.assessment.life_area:SozialLifeArea._check_anchors": ["test_assessment:TestLifeArea.test_an_empty_level_is_refused"],
    "models.assessment.case:SozialCase._problems_before": [f"{ASSESS}.test_planning_asks_for_the_beginning"],
    "models.plan.plan:SozialPlan.create": [f"{PLAN}.test_state_and_outcome_are_not_given_at_creation"],
    "models.plan.plan:SozialPlan.write": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.plan:SozialPlan.copy": [f"{PLAN}.test_a_new_version_takes_open_goals_along_and_replaces"],
    "models.plan.plan:SozialPlan._require_draft": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.plan:SozialPlan._unlink_draft": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.goal:SozialGoal._require_writable": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.goal:SozialGoal.create": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.goal:SozialGoal._unlink_draft": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.measure:SozialMeasure.create": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.measure:SozialMeasure.write": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.measure:SozialMeasure._unlink_draft": [f"{PLAN}.test_agreed_stays_as_it_is"],
    "models.plan.measure:SozialMeasure._check_done_on": [f"{PLAN}.test_results_are_entered_on_an_agreed_plan"],
    "models.plan.case:SozialCase._require_plan_for_kind": [f"{PLAN}.test_changing_the_kind_is_no_way_round"],
    "models.plan.case:SozialCase._problems_before": [f"{PLAN}.test_support_asks_for_an_agreed_plan"],
    **GUARDS_OF_FINANCES,
    "models.case.case_intake:SozialCase._require_notice_kept": [f"{PHASES}:TestIntake.test_the_notice_has_day_and_manner"],
    "models.case.case_intake:SozialCase._check_privacy_notice_on": [f"{PHASES}:TestIntake.test_the_notice_has_day_and_manner"],
    "models.case.case_intake:SozialCase._intake_problems": [f"{PHASES}:TestIntake.test_everything_missing_is_said_at_once"],
    "models.case.case_transitions:SozialCase._require_active": [f"{CASE}.test_a_closed_case_stays_as_it_was"],
    "models.case.confidential:SozialConfidential.create": [
        f"{DOORS}:TestErrors.test_entering_into_a_foreign_case_is_refused_before_the_database_is_asked",
    ],
    "models.case.confidential:SozialConfidential.write": [f"{SECRECY}:TestGrants.test_a_row_does_not_move_between_cases_of_ones_own"],
    "models.case.ongoing:SozialOngoing.create": ENDED,
    "models.case.ongoing:SozialOngoing.write": ENDED,
    "models.case.ongoing:SozialOngoing._unlink_not_ended": ENDED,
    "models.case.contact:SozialContact.create": [f"{NOTE}.test_author_is_whoever_writes"],
    "models.case.contact:SozialContact.write": [f"{NOTE}.test_locks_after_48_hours"],
    "models.case.contact:SozialContact._require_unlocked": [f"{NOTE}.test_locks_after_48_hours"],
    "models.case.contact:SozialContact._require_open_case": [f"{NOTE}.test_no_note_on_a_closed_case"],
    "models.case.contact:SozialContact._check_partners": [f"{NOTE}.test_with_whom_is_limited_to_participants"],
    "models.case.contact:SozialContact._check_date": [f"{NOTE}.test_the_future_is_no_contact"],
    "models.case.contact:SozialContact._unlink_unlocked": [f"{NOTE}.test_locks_after_48_hours", NOTE],
    "models.case.contact_draft:SozialContactDraft.create": ["test_contact_note:TestDraft.test_each_has_an_own_one"],
    "models.case.group_session:SozialGroupSession._check_date": ["test_group_work:TestGroupWork.test_bad_numbers_and_days"],
    "models.letter.letter:SozialLetter.create": ["test_letter:TestLetterRules.test_a_finished_one_stays", "test_letter:TestLetterRules"],
    "models.letter.letter:SozialLetter.write": ["test_letter:TestLetterRules.test_a_finished_one_stays"],
    "models.letter.letter:SozialLetter._require_draft": ["test_letter:TestLetterRules.test_a_finished_one_stays"],
    "models.letter.letter:SozialLetter._unlink_drafts_only": ["test_letter:TestLetterRules.test_a_finished_one_stays"],
    "models.letter.letter:SozialLetter._check_recipient": ["test_letter:TestLetterRules.test_not_in_a_closed_case_and_not_to_oneself"],
    "models.letter.letter_text:SozialLetterText._check_placeholders": ["test_letter:TestLetterText"],
    "wizards.handover_join:SozialHandoverJoin._require_case": ["test_handover_join:TestHandoverJoin.test_a_dialog_names_no_foreign_case"],
    "models.case.handover:SozialHandover.create": [f"{HANDOVER}.test_forged_values_at_creation_are_ignored"],
    "models.case.handover:SozialHandover.write": [f"{HANDOVER}.test_state_and_author_are_not_written"],
    "models.case.handover:SozialHandover._claim": [f"{HANDOVER}.test_back_office_cannot_take"],
    "models.case.handover:SozialHandover._join": ["test_handover_join:TestHandoverJoin.test_only_into_own_running_cases"],
    "models.case.handover:SozialHandover._check_summary": [f"{DETOURS}:TestEnds.test_a_handover_says_what_it_is_about"],
    "models.case.hidden:SozialHidden._check_access": [f"{IDS}.test_by_every_way_to_a_record"],
    "models.case.hidden:SozialHidden._fetch_field": [f"{IDS}.test_by_every_button", f"{IDS}.test_by_every_way_to_a_record"],
    "models.case.hidden:SozialHidden.onchange": [f"{IDS}.test_by_what_can_be_hung_on_a_case"],
    "models.case.hidden:SozialHidden.get_external_id": [f"{IDS}.test_by_every_way_to_a_record"],
    "models.case.base:Base.create": [f"{IDS}.test_by_what_can_be_hung_on_a_case"],
    "models.case.base:Base.unlink": [
        f"{DETOURS}:TestOtherTraces.test_deleting_a_contact_does_not_tell_who_is_a_client", "test_anonymise:TestHold",
    ],
    # messages, activities, calendar
    "models.case.mail_compose_message:MailComposeMessage.create": [f"{IDS}.test_by_what_can_be_hung_on_a_case"],
    "models.case.mail_compose_message:MailComposeMessage.write": [f"{DETOURS}:TestMessages.test_composer_for_many_records"],
    "models.case.mail_compose_message:MailComposeMessage.default_get": [f"{DETOURS}:TestMessages.test_composer_for_many_records"],
    "models.case.mail_compose_message:MailComposeMessage.onchange": [f"{DETOURS}:TestMessages.test_composer_for_many_records"],
    "models.case.ir_actions_server:IrActionsServer._check_no_webhook": [f"{PAPERS}.test_nothing_is_sent_to_another_server"],
    "models.access_log.watched_models:IrCron._watched_subjects": [f"{PAPERS}.test_scheduled_actions"],
    "models.case.mail_compose_message:MailComposeMessage._require_elsewhere": [f"{IDS}.test_by_what_can_be_hung_on_a_case"],
    "models.case.case_communication:SozialCase._refuse_text": [f"{NEUTRAL}.test_no_free_composer"],
    "models.case.case_communication:SozialCase.message_post": [f"{NEUTRAL}.test_no_fixed_sentence_to_somebody_of_ones_choice"],
    "models.case.case_communication:SozialCase.message_post_with_source": [f"{NEUTRAL}.test_activities_carry_no_text"],
    "models.case.case_communication:SozialCase.message_notify": [f"{NEUTRAL}.test_no_fixed_sentence_to_somebody_of_ones_choice"],
    "models.case.case_communication:SozialCase.message_subscribe": [f"{NEUTRAL}.test_nobody_follows"],
    "models.case.case_communication:SozialCase._message_log_batch": [
        f"{NEUTRAL}.test_a_field_that_somebody_tracks_leaves_no_value", f"{NEUTRAL}.test_automatic_entries_are_dropped",
    ],
    "models.case.mail_message:MailMessage.create": [f"{DETOURS}:TestMessages.test_message_past_the_chatter"],
    "models.case.mail_message:MailMessage.write": [f"{DETOURS}:TestMessages.test_fixed_sentence_is_not_rewritten"],
    "models.case.mail_message:MailMessage._require_neutral": [f"{DETOURS}:TestMessages.test_message_past_the_chatter"],
    "models.case.mail_scheduled_message:MailScheduledMessage.create": [f"{DETOURS}:TestMessages.test_planned_message"],
    "models.case.mail_scheduled_message:MailScheduledMessage.write": [
        f"{DETOURS}:TestMessages.test_planned_message_does_not_move_onto_a_case",
    ],
    "models.case.mail_activity:MailActivity.create": [f"{NEUTRAL}.test_activities_carry_no_text"],
    "models.case.mail_activity:MailActivity.write": [f"{NEUTRAL}.test_activities_carry_no_text"],
    "models.case.mail_activity:MailActivity._blank_what_moved": [f"{TRACES}:TestMessages.test_planned_elsewhere_and_moved_here"],
    "models.case.mail_activity:MailActivity._check_assignee_has_grant": [f"{NEUTRAL}.test_an_activity_needs_a_grant"],
    "models.case.mail_activity:MailActivity.action_notify": [f"{TRACES}:TestMessages.test_what_waits_in_the_mail_queue", NEUTRAL],
    "models.case.calendar_event:CalendarEvent.create": [f"{NEUTRAL}.test_appointments_tell_nothing"],
    "models.case.calendar_event:CalendarEvent.write": [f"{NEUTRAL}.test_appointments_tell_nothing"],
    "models.case.calendar_event:CalendarEvent.message_post": [f"{DETOURS}:TestAppointments.test_no_free_text_on_an_appointment"],
    "models.case.calendar_event:CalendarEvent._field_to_sql": [
        f"{DETOURS}:TestAppointments.test_case_of_an_appointment_is_not_searched_nor_grouped",
    ],
    "models.case.calendar_event:CalendarEvent._check_case_attendees": [f"{NEUTRAL}.test_no_client_as_attendee"],
    # files, searches, sorting, errors, logs
    "models.case.ir_attachment:IrAttachment.create": [f"{TRACES}:TestFiles.test_never_public_nor_by_token"],
    "models.case.ir_attachment:IrAttachment.write": [f"{TRACES}:TestFiles.test_never_public_nor_by_token"],
    "models.case.ir_attachment:IrAttachment._require_closed": [f"{TRACES}:TestFiles.test_never_public_nor_by_token"],
    "models.case.ir_binary:IrBinary._find_record": [f"{HTTP}:TestFiles"],
    "models.case.ir_filters:IrFilters.create": [f"{TRACES}:TestSavedSearches.test_not_shared"],
    "models.case.ir_filters:IrFilters.write": [f"{TRACES}:TestSavedSearches.test_not_shared"],
    "models.case.ir_filters:IrFilters._require_own": [f"{TRACES}:TestSavedSearches.test_not_shared"],
    "models.case.ir_default:IrDefault.create": [f"{TRACES}:TestSavedSearches.test_no_default_values"],
    "models.case.ir_default:IrDefault.write": [f"{TRACES}:TestSavedSearches.test_no_default_values"],
    "models.case.ir_default:IrDefault._refuse_confidential": [f"{TRACES}:TestSavedSearches.test_no_default_values"],
    "models.case.ir_rule:IrRule._make_access_error": [f"{DOORS}:TestErrors.test_no_error_names_anything"],
    "models.case.server_log:WithoutContent._strip_query": [f"{TRACES}:TestServerLog.test_a_failed_query_is_logged_without_its_values"],
    "models.case.server_log:WithoutContent._strip_export": [f"{TRACES}:TestServerLog.test_an_export_is_logged_without_its_filter"],
    "models.case.server_log:WithoutContent._strip_error": [f"{HTTP}:TestServerLog"],
    "models.case.base:Base._order_field_to_sql": [
        f"{DOORS}:TestQuestions.test_sorting_does_not_order_by_what_is_not_seen", f"{DOORS}:TestQuestions.test_sorting_by_hand_over",
    ],
    "models.case.base:Base._sql_error_to_message_generic": [
        f"{DETOURS}:TestOtherTraces.test_a_refused_deletion_is_told_without_tables",
    ],
    "models.case.res_partner:ResPartner._unlink_unless_referred_to": [
        f"{DETOURS}:TestOtherTraces.test_deleting_a_contact_does_not_tell_who_is_a_client",
    ],
    # consents and signals
    "models.consent.consent:SozialConsent.write": [f"{CONSENT}.test_a_given_consent_does_not_change"],
    "models.consent.consent:SozialConsent.create": [f"{CONSENT}.test_the_life_cycle_is_not_forged"],
    "models.consent.consent:SozialConsent._unlink_drafts": [f"{CONSENT}.test_a_given_consent_does_not_change"],
    "models.consent.consent:SozialConsent._check_subject": [f"{GIVING}.test_the_person_concerned_is_a_participant"],
    "models.consent.consent:SozialConsent._check_kind": [f"{GIVING}.test_kinds_keep_apart"],
    "models.consent.consent_lifecycle:SozialConsent._giving_problems": [f"{GIVING}.test_everything_missing_is_told_at_once"],
    "models.consent.consent_lifecycle:SozialConsent._representation_problems": [f"{GIVING}.test_a_child_is_represented", GIVING],
    "models.consent.ir_attachment:IrAttachment.write": [f"{CONSENT}.test_the_proof_of_a_given_consent_stays"],
    "models.consent.ir_attachment:IrAttachment.unlink": [f"{CONSENT}.test_the_proof_of_a_given_consent_stays"],
    "models.consent.ir_attachment:IrAttachment._require_not_proof": [f"{CONSENT}.test_the_proof_of_a_given_consent_stays"],
    "models.consent.consent_text:SozialConsentText.write": ["test_consent_text:TestConsentText.test_in_force_nothing_changes"],
    "models.consent.consent_text:SozialConsentText._unlink_drafts": [
        "test_consent_text:TestConsentText.test_in_force_nothing_changes", "test_consent_text:TestConsentText",
    ],
    "models.consent.consent_text:SozialConsentText._require_complete": [
        "test_consent_text:TestConsentText.test_an_incomplete_text_is_not_put_in_force",
    ],
    "models.consent.consent_signals:SozialConsent._end_dependents": [
        f"{SIGNAL}.test_revocation_ends_signals_in_the_same_transaction",
    ],
    "models.consent.case:SozialCase.write": [f"{SIGNAL}.test_a_signal_does_not_stay_on_a_tenancy_the_case_has_left"],
    "models.consent.case:SozialCase._write_end": [f"{SIGNAL}.test_closing_the_case_ends_its_signals"],
    "models.consent.case:SozialCase._signal_consent": [f"{SIGNAL}.test_no_signal_without_a_consent_that_holds"],
    # the log of who read what
    "models.access_log.log:SozialAccessLog.create": ["test_access_log:TestAppendOnly.test_nobody_writes_through_the_orm"],
    "models.access_log.log:SozialAccessLog.write": ["test_access_log:TestAppendOnly.test_nobody_writes_through_the_orm"],
    "models.access_log.log:SozialAccessLog.unlink": ["test_access_log:TestAppendOnly.test_nobody_writes_through_the_orm"],
    "models.access_log.logged:SozialAccessLogged.web_read": ["test_access_log:TestAccessLog"],
    "models.access_log.logged:SozialAccessLogged._export_rows": ["test_access_log:TestAccessLog.test_an_export_is_a_row_a_case"],
    "models.access_log.log:SozialAccessLog._refuse": ["test_access_log:TestAppendOnly.test_nobody_writes_through_the_orm"],
    "models.access_log.watched:SozialAccessWatched.write": [f"{CHANGES}.test_rules_and_access_rights"],
    "models.access_log.watched:SozialAccessWatched.unlink": [f"{CHANGES}.test_rules_and_access_rights"],
    "models.access_log.roles:ResUsers.create": [f"{CHANGES}.test_new_archived_and_moved_users"],
    "models.access_log.roles:ResUsers.write": [f"{CHANGES}.test_a_head_who_gives_the_role_to_himself"],
    "models.access_log.roles:ResGroups.write": [f"{CHANGES}.test_a_head_who_gives_the_role_to_himself"],
    # legal hold
    "models.figure.source:SozialFigureSource.write": ["test_figure_facts:TestFigureFacts.test_a_fact_is_written_once"],
    "models.figure.source:SozialFigureSource._unlink_never": ["test_figure_facts:TestFigureFacts.test_a_fact_is_written_once"],
    "models.figure.benefit_application:SozialBenefitApplication._write_guarded": [
        "test_figure_benefits:TestFigureBenefits.test_after_an_objection_only_what_came_on_top_is_counted",
    ],
    "models.figure.release:SozialFigureRelease.write": ["test_figures:TestFigures.test_a_published_table_stays"],
    "models.figure.release:SozialFigureRelease._unlink_never": ["test_figures:TestFigures.test_a_published_table_stays"],
    "models.figure.case:SozialCase._erase_around": ["test_figure_facts:TestFigureFacts.test_figures_stay_when_the_case_goes"],
    "models.retention.case_hold:SozialCase._refuse_under_hold": ["test_anonymise:TestHold"],
    "models.retention.case_hold:SozialCase.unlink": ["test_anonymise:TestHold"],
    "models.retention.proposal:SozialRetentionProposal._unlink_never": ["test_retention:TestProposals.test_it_changes_by_its_buttons_only"],
    "models.retention.proposal_execute:SozialRetentionProposal._forget_case": [
        "test_erasure_request:TestErasureRequest.test_refused_with_a_reason_that_the_department_reads",
    ],
    "models.retention.hold:SozialCaseHold.write": ["test_anonymise:TestHold"],
    "models.retention.hold:SozialCaseHold._unlink_never": ["test_anonymise:TestHold"],
}  # fmt: skip

# Overrides of Odoo's models that keep no secret, and checks of input that guard no secrecy.
NO_GUARD = {
    "models.case.case:SozialCase.write",  # its guards are listed one by one
    "models.case.case:SozialCase.create",
    "models.case.case_intake:SozialCase.write",
    # the meaning of words in consents, and reports that the log's own tests look after
    "models.consent.consent_term:SozialConsentTerm._unlink_unused",
    "models.consent.consent_term:SozialConsentTerm.write",
    "models.consent.consent_term:SozialConsentTerm._require_unused",
    "models.access_log.roles:ResCompany.write",
    "models.access_log.roles:ResGroups.create",
    "models.access_log.roles:ResUsers.unlink",
    # what follows from a change of rooms and bookings
    f"{ROOM}/models.room.room:SozialRoom.write",
    f"{ROOM}/models.waiting.booking:SozialRoomBooking.write",
}

# Rules on models of Odoo: their tests.
OTHER_RULES = {
    "sozial.case.fact": ["test_figure_facts:TestFigureFacts.test_nobody_reads_facts_by_any_way"],
    "sozial.benefit.fact": ["test_figure_benefits:TestFigureBenefits.test_nobody_reads_facts_and_they_stay"],
    "sozial.mediation.fact": ["test_figure_mediation:TestFigureMediation.test_nobody_reads_facts_and_they_stay"],
    "sozial.quarter.fact": ["test_quarter_overview:TestQuarterOverview.test_nobody_reads_facts"],
    "ir.sequence": [f"{DETOURS}:TestOtherTraces.test_counter_of_case_numbers_is_not_read"],
    "ir.sequence.date_range": [f"{DETOURS}:TestOtherTraces.test_counter_of_case_numbers_is_not_read"],
    "base_import.import": [f"{PAPERS}.test_preview_of_an_import"],
    "ir.filters": [f"{TRACES}:TestSavedSearches.test_ones_own_only"],
}

MATRIX = "test_rights_matrix:TestSituations"
# What a rule is called after says what it is for, and so which situations fail without it.
RULES_OF_A_CASE = {
    "rule": [f"{MATRIX}.test_case_with_a_conflict_of_interest"],  # rule_sozial_case_lockout_rule
    "conflict": [f"{MATRIX}.test_case_with_a_conflict_of_interest"],
    "company": [f"{MATRIX}.test_case_of_another_company"],
    "reader": ["test_mediation:TestMediators.test_notes_of_a_party_are_for_its_readers_alone"],
    "grant": [f"{MATRIX}.test_case_of_a_colleague", f"{MATRIX}.test_case_without_a_grant_that_holds"],
}
RULES_ELSEWHERE = {
    "company": [f"{MATRIX}.test_company"],
    "author": [f"{MATRIX}.test_author", "test_team_companies:TestTeamCompanies"],
    "outreach": [f"{MATRIX}.test_outreach"],
    "inbox": [f"{MATRIX}.test_inbox"],
    "everybody": [f"{MATRIX}.test_everybody"],
}
SURVEY = "sozial_management_survey"
# Addons with a matrix of their own: what their access lines and their rules are tried with.
OTHER_ADDONS = {
    SURVEY: {"line": [f"{SURVEY}/test_survey:TestSurvey.test_roles"], "rule": [f"{SURVEY}/test_survey:TestSurvey.test_roles"]},
    BOTH: {
        "line": [f"{BOTH}/test_agreement_hours:TestAgreementHours.test_rights",
                 f"{BOTH}/test_agreement_rooms:TestAgreementRooms.test_who_reads_rooms_for_an_agreement"],
        "rule": [f"{BOTH}/test_agreement_hours:TestAgreementHours.test_rights"],
    },
    PARTNER: {
        "line": [f"{PARTNER}/test_partner_rights:TestPartnerRights.test_every_cell"],
        "rule": [
            f"{PARTNER}/test_partner_rights:TestPartnerRights.test_every_model_with_a_company_is_bound_to_it",
            f"{PARTNER}/test_partner_rules:TestDecidedCall",
            f"{PARTNER}/test_partner_rules:TestCalls",
            f"{PARTNER}/test_partner_rules:TestContacts",
            f"{PARTNER}/test_partner_rights:TestPartnerRights.test_drafts_are_for_those_who_run_calls",
            f"{PARTNER}/test_partner_rights:TestPartnerRights.test_a_call_for_invited_is_read_by_the_invited",
            f"{PARTNER}/test_agreement:TestAgreementRights.test_who_reads",
            f"{PARTNER}/test_duty:TestReport.test_who_reads",
            f"{PARTNER}/test_encryption:TestPreparation.test_another_company_sees_no_key",
            f"{PARTNER}/test_encryption:TestPreparation.test_dialogs_are_for_whoever_opened_them",
            f"{PARTNER}/test_call_figure:TestCallFigure.test_two_companies",
            f"{PARTNER}/test_referral:TestReferralSecrecy",
            f"{PARTNER}/test_referral_access:TestAccessEnds",
            f"{PARTNER}/test_capacity:TestCapacity.test_who_reads",
            f"{PARTNER}/test_evidence:TestEvidence.test_an_organisation_has_its_own_safe",
            f"{PARTNER}/test_record:TestRecord.test_two_companies",
            f"{PARTNER}/test_review:TestInterest",
            f"{PARTNER}/test_review:TestIndependence",
            f"{PARTNER}/test_review:TestRightsOfReviews",
            f"{PARTNER}/test_seal:TestQuestions.test_every_sealed_model_has_the_rule",
            f"{PARTNER}/test_seal:TestQuestions.test_drafts_withdrawn_and_replaced_stay_closed_for_ever",
            f"{PARTNER}/test_seal:TestQuestions.test_after_the_opening_a_rival_still_reads_only_their_own",
            f"{PARTNER}/test_seal:TestQuestions.test_two_companies_see_nothing_of_each_other",
            f"{PARTNER}/test_seal:TestQuestions.test_every_way_to_ask",
            f"{PARTNER}/test_seal:TestEnvelope.test_only_its_receiver_reads_it_before_the_opening",
            f"{PARTNER}/test_joint_bid:TestJointBid.test_a_member_reads_along_once_it_has_confirmed_and_nobody_else_does",
            f"{PARTNER}/test_joint_bid:TestJointBid.test_the_office_reads_members_after_the_opening_only",
            f"{PARTNER}/test_opening:TestEvidenceRequest.test_all_alike_with_one_date",
        ],
    },
    ROOM: {
        "line": [f"{ROOM}/test_room_rights:TestRoomRights.test_every_cell"],
        "rule": [
            f"{ROOM}/test_room_privacy:TestConsultationHours",
            f"{ROOM}/test_registration:TestRegistration.test_portal_users_read_their_own",
            f"{ROOM}/test_room_rights:TestRoomRights.test_two_companies_see_nothing_of_each_other",
            f"{ROOM}/test_room_rights:TestRoomRights.test_every_model_with_a_company_is_bound_to_it",
            f"{ROOM}/test_room_rights:TestRoomRights.test_dialogs_are_their_authors",
            f"{ROOM}/test_portal:TestRoomPortal.test_who_leaves_an_organisation_loses_its_bookings_at_once",
            f"{ROOM}/test_portal:TestRoomPortal.test_what_is_no_longer_in_use_is_not_offered",
            f"{ROOM}/test_waiting:TestWaitingPages.test_customers_write_nothing_themselves_and_read_no_remarks",
        ],
    },
}
EVERY_CELL = "test_rights_matrix:TestRightsMatrix.test_every_cell"
