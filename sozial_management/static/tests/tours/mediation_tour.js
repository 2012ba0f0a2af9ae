import { registry } from "@web/core/registry";

const IDLE = "body:not(:has(.modal))";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const tab = (name) => click(`page ${name}`, `${IDLE} .o_notebook .nav-link[name=${name}]`);
const at = (state) => ({ content: `the mediation is ${state}`, trigger: `${IDLE} .o_arrow_button_current[data-value=${state}]` });
const row = (list, nth) => `.o_field_widget[name=${list}] .o_data_row:nth-child(${nth})`;

// What a party says, entered in its dialog.
const says = (nth, willingness) => [
    click("enter an answer", `${IDLE} ${row("party_ids", nth)} button[name=action_answer]`),
    click(willingness, `.modal .o_field_widget[name=willingness] input[data-value=${willingness}]`),
    click("enter", ".modal button[name=action_enter]"),
    { content: "it stands there", trigger: `${IDLE} ${row("party_ids", nth)}` },
];

// From a case of two neighbours to a mediation whose parties are both willing, with a session.
const begun = [
    click("the mediation of the case", `${IDLE} button[name=action_mediation]`),
    click("begin one", `${IDLE} .o_list_button_add`),
    { content: "the people of the conflict are proposed", trigger: row("party_ids", 2) },
    { content: "what it is about", trigger: ".o_field_widget[name=subject] input", run: "edit Ruhe am Abend" },
    click("acted for nobody", ".o_field_widget[name=declared] input"),
    click("save", ".o_form_button_save"),
    at("asking"),
    ...says(1, "willing"),
    at("asking"),
    ...says(2, "willing"),
    at("running"),
    tab("sessions"),
    click("plan a session", `${IDLE} .o_field_widget[name=session_ids] .o_field_x2many_list_row_add a`),
    { content: "begins", trigger: ".o_selected_row .o_field_widget[name=start_at] input", run: "edit 07.01.2026 16:00:00" },
    { content: "where", trigger: ".o_selected_row .o_field_widget[name=place] input", run: "edit Nachbarschaftstreff" },
    click("save", ".o_form_button_save"),
    { content: "it is planned", trigger: `${IDLE} ${row("session_ids", 1)} button[name=action_held]` },
];

// Two complaints in the inbox: the first becomes a case, the second joins it.
const complaints = [
    click("the first complaint", ".o_list_view .o_data_row:contains(Anna Oben) td[name=summary]"),
    click("take it", `${IDLE} .o_statusbar_buttons button[name=action_take]`),
    { content: "it is a case", trigger: `${IDLE} button[name=action_mediation]` },
    click("back to the inbox", ".o_menu_sections [data-menu-xmlid='sozial_management.menu_sozial_inbox']"),
    click("the second complaint", ".o_list_view .o_data_row:contains(Bert Unten) td[name=summary]"),
    click("it belongs to the first", `${IDLE} .o_statusbar_buttons button.o_sozial_join`),
    { content: "which case", trigger: ".modal .o_field_widget[name=to_case_id] input", run: "edit Anna Oben" },
    click("this one", ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(SM-)"),
    { content: "a party of the conflict", trigger: ".modal .o_field_widget[name=role]" },
    click("add it", ".modal button[name=action_confirm]"),
];

// Held, agreed, signed by both.
registry.category("web_tour.tours").add("sozial_mediation_tour", {
    steps: () => [
        ...complaints,
        ...begun,
        click("it was held", `${IDLE} ${row("session_ids", 1)} button[name=action_held]`),
        { content: "held", trigger: `${IDLE} ${row("session_ids", 1)}:not(:has(button[name=action_held]))` },
        tab("agreement"),
        click("write the agreement", `${IDLE} .o_field_widget[name=agreement_ids] .o_field_x2many_list_row_add a`),
        { content: "what was agreed", trigger: ".modal .o_field_widget[name=text] textarea", run: "edit Ab 22 Uhr ist der Fernseher leise." },
        click("keep it", ".modal .o_form_button_save"),
        click("save", ".o_form_button_save"),
        { content: "saved", trigger: `${IDLE} .o_form_status_indicator_buttons:not(:visible)` },
        click("all sign at the table", `${IDLE} ${row("agreement_ids", 1)} button[name=action_signed_by_all]`),
        at("agreed"),
        click("some weeks later: it holds", `${IDLE} button[name=action_review_kept]`),
        { content: "entered", trigger: ".o_field_widget[name=review_result]" },
    ],
});

// One withdraws: everything is called off at once, and nobody is told who.
registry.category("web_tour.tours").add("sozial_mediation_withdrawal_tour", {
    steps: () => [
        ...begun,
        tab("parties"),
        ...says(2, "withdrawn"),
        { content: "it does not take place", trigger: `${IDLE} button[name=action_tell_off]` },
        tab("sessions"),
        { content: "the session is cancelled", trigger: `${IDLE} ${row("session_ids", 1)}:not(:has(button[name=action_held]))` },
        click("write to both", `${IDLE} button[name=action_tell_off]`),
        { content: "two letters", trigger: ".o_list_view .o_data_row:nth-child(2)" },
    ],
});
