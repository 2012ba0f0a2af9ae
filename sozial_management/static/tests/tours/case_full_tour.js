import { registry } from "@web/core/registry";

const IDLE = "body:not(:has(.modal))";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const at = (phase) => ({
    content: `the case is in the phase ${phase}`,
    trigger: `${IDLE} .o_statusbar_status button.o_arrow_button_current[data-value=${phase}]`,
});
const step = (name) => click(`button ${name}`, `${IDLE} .o_form_statusbar button.o_sozial_${name}`);
const reads = (text) => ({ content: `reads: ${text}`, trigger: `.o_sozial_missing .list-group-item:contains(${text})` });
const back = () => click("back to the case", ".o_breadcrumb .breadcrumb-item:last a, .o_breadcrumb .o_back_button");

// A rent-debt case from its hand-over to its end, every condition met on the way.
registry.category("web_tour.tours").add("sozial_full_case_tour", {
    steps: () => [
        click("take the hand-over", ".o_sozial_my_day .list-group-item:contains(Erika Sorgenfrei) .btn-primary"),
        at("intake"),
        step("assess"),
        click("data protection first", ".o_sozial_missing .list-group-item:contains(/Data protection|Datenschutz/) button"),
        click("explained in a talk", ".modal .o_field_widget[name=privacy_notice_how] input[data-value=oral]"),
        click("when", ".modal .o_field_widget[name=privacy_notice_on] input, .modal .o_field_widget[name=privacy_notice_on] button"),
        click("today", ".o_datetime_picker .o_today"),
        click("save", ".modal .o_form_button_save"),
        step("assess"),
        click("look for duplicates", ".o_sozial_missing .list-group-item:only-child button"),
        click("new to us", ".modal .o_field_widget[name=answer] input[data-value=new]"),
        click("answer", ".modal footer button[name=action_confirm]:visible"),
        step("assess"),
        at("assessment"),
        step("plan"),
        click("to the assessment", ".o_sozial_missing .list-group-item:contains(/Assessment|Einschätzung/) button"),
        ...Array.from({ length: 10 }, (_each, index) =>
            click(`level of area ${index + 1}`, `.o_sozial_area:nth-child(${index + 1}) .o_sozial_level[data-value='2']:not(.o_chosen)`)
        ),
        { content: "the last one is chosen", trigger: ".o_sozial_area:nth-child(10) .o_chosen" },
        click("final", "button[name=action_finalise]"),
        click("sure", ".modal footer .btn-primary"),
        { content: "it is final", trigger: `${IDLE} .o_arrow_button_current[data-value=final]` },
        back(),
        at("assessment"),
        step("plan"),
        at("planning"),
        step("support"),
        click("to the plan", ".o_sozial_missing .list-group-item:contains(/Plan/i) button"),
        click("a goal", ".o_field_widget[name=goal_ids] .o_field_x2many_list_row_add a"),
        { content: "what shall be", trigger: ".modal .o_field_widget[name=name] input", run: "edit Ich behalte meine Wohnung" },
        { content: "noticed by", trigger: ".modal .o_field_widget[name=indicator] input", run: "edit Drei Monate pünktlich gezahlt" },
        click("keep the goal", ".modal .o_form_button_save"),
        { content: "the goal is there", trigger: `${IDLE} .o_field_widget[name=goal_ids] .o_data_row:contains(Ich behalte)` },
        click("save the plan", ".o_form_button_save"),
        click("agree", `${IDLE} .o_form_statusbar button.btn-primary`),
        click("in a talk", ".modal .o_field_widget[name=agreed_how] input[data-value=oral]"),
        click("agreed", ".modal footer button[name=action_confirm]:visible"),
        { content: "the plan holds", trigger: `${IDLE} .o_arrow_button_current[data-value=agreed]` },
        back(),
        at("planning"),
        step("support"),
        at("support"),
        step("review"),
        at("review"),
        step("close"),
        click("what came of the goal", ".o_sozial_missing .list-group-item:contains(Ich behalte meine Wohnung) button"),
        click("open the goal", ".o_field_widget[name=goal_ids] .o_data_row .o_data_cell[name=name]"),
        click("reached", ".modal .o_field_widget[name=outcome] input[data-value=reached]"),
        click("keep it", ".modal .o_form_button_save"),
        { content: "it stands there", trigger: `${IDLE} .o_field_widget[name=goal_ids] .o_data_row .badge:contains(/Reached|Erreicht/)` },
        click("save", ".o_form_button_save"),
        { content: "saved", trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
        back(),
        at("review"),
        step("close"),
        click("no assessment at the end", ".o_sozial_missing .list-group-item:only-child button:nth-of-type(2)"),
        { content: "why", trigger: ".modal .o_field_widget[name=no_closing_assessment] input", run: "edit Weggezogen" },
        click("save the reason", ".modal .o_form_button_save"),
        step("close"),
        click("solved", ".modal .o_field_widget[name=close_reason] input[data-value=solved]"),
        click("reached", ".modal .o_field_widget[name=outcome] input[data-value=reached]"),
        click("close the case", ".modal footer button[name=action_confirm]:visible"),
        at("closed"),
    ],
});

// Each move that a condition forbids, and what is read then. The case stays where it is.
const FORBIDDEN = {
    intake: ["assess", ["/Client|Klient/", "/Data protection|Datenschutz/", "/Duplicate check|Dublettenprüfung/"]],
    assessment: ["plan", ["/Assessment|Einschätzung/"]],
    planning: ["support", ["/Plan/i"]],
    support: ["close", ["Ich behalte meine Wohnung", "/Assessment at the end|Einschätzung zum Abschluss/"]],
};
for (const [phase, [button, texts]] of Object.entries(FORBIDDEN)) {
    registry.category("web_tour.tours").add(`sozial_forbidden_${phase}_tour`, {
        steps: () => [
            at(phase),
            step(button),
            ...texts.map(reads),
            { content: "nothing else is missing", trigger: `.o_sozial_missing .list-group:not(:has(.list-group-item:nth-child(${texts.length + 1})))` },
            click("later", ".modal footer button"),
            at(phase),
        ],
    });
}
registry.category("web_tour.tours").add("sozial_forbidden_final_tour", {
    steps: () => [
        { content: "the levels", trigger: ".o_sozial_area:nth-child(10)" },
        click("final without levels", "button[name=action_finalise]"),
        click("sure", ".modal footer .btn-primary"),
        { content: "reads which areas are open", trigger: ".modal:contains(/Still open|Noch offen/) .modal-body" },
        click("close the message", ".modal footer .btn-primary"),
        { content: "still a draft", trigger: `${IDLE} .o_arrow_button_current[data-value=draft]` },
    ],
});
