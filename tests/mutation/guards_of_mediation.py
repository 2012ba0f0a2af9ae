"""Guards of mediation and the tests that fail without them; see `guards.py`."""

TEST, WHO = "test_mediation:TestMediation", "test_mediation:TestMediators"
ROOM = "sozial_management_room"
ROOMS = f"{ROOM}/test_mediation_room:TestMediationRoom"

GUARDS_OF_MEDIATION = {
    "models.mediation.mediation:SozialMediation._require_declared": [
        f"{WHO}.test_the_mediator_declares_to_have_acted_for_nobody",
    ],
    "models.mediation.party:SozialMediationParty._refuse_losing_notes": [
        f"{WHO}.test_nobody_deletes_notes_along_with_a_party",
    ],
    "models.mediation.mediation:SozialMediation._require_changeable": [
        f"{TEST}.test_declined_and_withdrawn_end_alike",
    ],
    "models.mediation.mediation:SozialMediation._unlink_unasked": [
        f"{TEST}.test_who_answered_stays_a_party",
    ],
    "models.mediation.party:SozialMediationParty._unlink_unasked": [
        f"{TEST}.test_who_answered_stays_a_party",
    ],
    "models.mediation.party:SozialMediationParty._require_reader": [
        f"{WHO}.test_notes_of_a_party_are_for_its_readers_alone",
    ],
    "models.mediation.answer:SozialMediationAnswer.write": [
        f"{TEST}.test_an_answer_stays_as_it_was_entered",
    ],
    "models.mediation.answer:SozialMediationAnswer._unlink_never": [
        f"{TEST}.test_an_answer_stays_as_it_was_entered",
    ],
    "models.mediation.session:SozialMediationSession.write": [
        f"{TEST}.test_a_session_is_held_after_it_began",
    ],
    "models.mediation.session:SozialMediationSession._require_planned": [
        f"{TEST}.test_a_session_is_held_after_it_began",
    ],
    "models.mediation.session:SozialMediationSession._unlink_planned": [
        f"{TEST}.test_a_session_is_held_after_it_began",
    ],
    "models.mediation.agreement:SozialMediationAgreement._require_unsigned": [
        f"{TEST}.test_the_last_signature_ends_it_and_a_review_is_due",
    ],
    "models.mediation.signature:SozialMediationSignature.write": [
        f"{TEST}.test_the_last_signature_ends_it_and_a_review_is_due",
    ],
    "models.mediation.signature:SozialMediationSignature._unlink_before_the_last": [
        f"{TEST}.test_the_last_signature_ends_it_and_a_review_is_due",
    ],
    "models.mediation.note:SozialMediationNote.write": [
        f"{WHO}.test_notes_of_a_party_are_for_its_readers_alone",
    ],
    "models.mediation.note:SozialMediationNote._unlink_own": [
        f"{WHO}.test_notes_of_a_party_are_for_its_readers_alone",
    ],
    "models.mediation.mediation_steps:SozialMediation._require_all_willing": [
        f"{TEST}.test_nothing_is_planned_before_all_are_willing",
    ],
    "models.mediation.mediation_steps:SozialMediation._require_joinable": [
        f"{TEST}.test_nobody_joins_a_planned_session",
    ],
    "models.mediation.mediation_steps:SozialMediation._require_open": [
        f"{TEST}.test_the_end_without_agreement",
    ],
    "models.mediation.mediators:SozialMediation._require_neutral": [
        f"{WHO}.test_who_acted_for_a_party_in_a_conflict_is_excluded",
    ],
    "models.mediation.mediators:SozialMediation._require_mediator": [
        f"{WHO}.test_only_mediators_enter_what_parties_say",
    ],
    # a talk holds a room, and the booking tells nothing
    f"{ROOM}/models.mediation.session:SozialMediationSession.write": [f"{ROOMS}.test_the_booking_follows_the_talk"],
    f"{ROOM}/models.mediation.session:SozialMediationSession._unlink_room": [f"{ROOMS}.test_cancelling_and_deleting_free_the_room"],
    f"{ROOM}/models.mediation.session:SozialMediationSession._check_room_company": [f"{ROOMS}.test_a_room_of_another_company"],
    f"{ROOM}/models.mediation.session:SozialMediationSession._require_room_staff": [
        f"{ROOMS}.test_a_mediator_without_rooms_may_cancel_but_not_move"
    ],
    f"{ROOM}/models.mediation.booking:SozialRoomBooking.write": [f"{ROOMS}.test_the_booking_moves_with_its_talk_only"],
    f"{ROOM}/models.mediation.booking:SozialRoomBooking._require_slot_kept": [f"{ROOMS}.test_the_booking_moves_with_its_talk_only"],
}
