import { registry } from "@web/core/registry";

const IDLE = "body:not(:has(.modal))";
const CLIENT = "Erika Sorgenfrei";
const row = (section) => `.o_sozial_my_day section[aria-labelledby=${section}] .list-group-item:contains(${CLIENT})`;
const click = (content, trigger) => ({ content, trigger, run: "click" });

// What a social worker does most on a phone, on the way and at the door: five actions, one hand.
registry.category("web_tour.tours").add("sozial_phone_tour", {
    steps: () => [
        // 1. What is today?
        { content: "the appointment with whom, and the number of the case", trigger: `${row("sozial_appointments")}:contains(SM-)` },
        // 2. Tick what is done.
        click("the step is done", `${row("sozial_steps")} .o_sozial_done`),
        { content: "it is off the list", trigger: `.o_sozial_my_day:not(:has(section[aria-labelledby=sozial_steps] .list-group-item:contains(${CLIENT})))` },
        // 3. Write down the talk.
        click("the pencil of the appointment", `${row("sozial_appointments")} .o_sozial_note`),
        { content: "whose case it is", trigger: `.modal .o_field_widget[name=client_id]:contains(${CLIENT})` },
        { content: "what was said", trigger: ".modal .o_field_widget[name=text] textarea", run: "edit Ratenplan besprochen." },
        click("save", ".modal .o_form_button_save"),
        // 4. Somebody at the door: a new case.
        click("new case", `${IDLE} .o_sozial_my_day .o_sozial_new_case`),
        click("the kind: a phone shows them on a screen of their own", ".o_field_widget[name=type_id] input"),
        click("rent debt", ".modal .o_kanban_record:contains(/Rent debt|Mietschulden/)"),
        { content: "the concern", trigger: ".o_field_widget[name=concern] textarea", run: "edit Strom wird abgestellt." },
        click("save", ".o_form_button_save"),
        { content: "it has a number", trigger: ".o_form_saved .o_field_widget[name=name]:contains(SM-)" },
        click("back", ".o_back_button, .o_breadcrumb .breadcrumb-item a"),
        // 5. Open a case and call.
        click("the appointment's case", `${row("sozial_appointments")} .btn-link`),
        { content: "the number is a link that calls", trigger: `.o_form_view:contains(${CLIENT}) .o_sozial_call a[href^='tel:']` },
        { content: "nothing is wider than the screen", trigger: ".o_form_sheet", run() {
            if (document.documentElement.scrollWidth > window.innerWidth) {
                throw new Error(`${document.documentElement.scrollWidth} pixels wide`);
            }
        } },
    ],
});
