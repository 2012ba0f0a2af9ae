"""Guards of projects and the tests that fail without them; see `guards.py`."""

TEST, PICTURE = "test_project:TestProject", "test_project:TestProjectPicture"

GUARDS_OF_PROJECTS = {
    "models.project.project_state:SozialProject.create": [f"{TEST}.test_states_belong_to_the_buttons"],
    "models.project.project_state:SozialProject.write": [f"{TEST}.test_states_belong_to_the_buttons"],
    "models.project.project_state:SozialProject._unlink_planned": [f"{TEST}.test_what_was_begun_is_not_deleted"],
    "models.project.project_state:SozialProject._require_state": [f"{TEST}.test_finishing_says_what_is_missing"],
    "models.project.project_state:SozialProject._require_open": [f"{TEST}.test_what_has_ended_does_not_change"],
    "models.project.part:SozialProjectPart.create": [f"{TEST}.test_what_has_ended_does_not_change"],
    "models.project.part:SozialProjectPart.write": [f"{TEST}.test_parts_stay_with_their_project"],
    "models.project.part:SozialProjectPart._require_changeable": [f"{TEST}.test_what_has_ended_does_not_change"],
    "models.project.part:SozialProjectPart._unlink_open": [f"{TEST}.test_what_has_ended_does_not_change"],
    "models.project.partner:SozialProjectPartner._check_partner_id": [f"{TEST}.test_partners_are_organisations"],
    "models.project.activity:SozialProjectActivity._check_held_by_now": [f"{TEST}.test_what_cannot_be"],
    "models.project.picture:SozialProjectPicture.create": [f"{PICTURE}.test_a_picture_has_a_file"],
    "models.project.picture:SozialProjectPicture.write": [f"{PICTURE}.test_the_tick_falls_when_the_picture_is_replaced"],
    "models.project.picture:SozialProjectPicture._check_consent_note": [f"{PICTURE}.test_a_tick_needs_the_place_of_the_forms"],
}
