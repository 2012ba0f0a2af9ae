import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function nothingSticksOut() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`the page is ${page.scrollWidth} px wide on a phone of ${page.clientWidth} px`);
    }
}

const go = (content, trigger) => ({ content, trigger, run: "click", expectUnloadPage: true });

// On a phone, without a login: register for a course by the public form.
const register = (name, seats) => [
    { content: "the course on a phone", trigger: "h1:contains(Yoga)", run: nothingSticksOut },
    go("register", "a.btn-primary[href$='/anmelden']"),
    { content: "the form fits the phone", trigger: "#callback_name", run: nothingSticksOut },
    ...seats,
    { content: "who", trigger: "#callback_name", run: `edit ${name}` },
    { content: "where to write", trigger: "#callback_email", run: `edit ${name.toLowerCase()}@example.com` },
    go("send", "form[action$='/anmelden'] button[type=submit]"),
    { content: "a mail is on its way", trigger: "h1:contains(Please look into your mails)", run: nothingSticksOut },
];
tours.add("sozial_activity_register_tour", { steps: () => register("Ada", []) });
tours.add("sozial_activity_wait_tour", {
    steps: () => register("Bea", [{ content: "there is a waiting list", trigger: ".alert-info:contains(waiting list)" }]),
});

// By the link of the mail.
tours.add("sozial_activity_confirm_tour", {
    steps: () => [
        go("I would like to come", "button[name=answer][value=yes]"),
        { content: "registered", trigger: "#wrap:contains(You are registered)", run: nothingSticksOut },
    ],
});
tours.add("sozial_activity_queue_tour", {
    steps: () => [
        go("I would like to come", "button[name=answer][value=yes]"),
        { content: "in the queue", trigger: "#wrap:contains(waiting list)", run: nothingSticksOut },
    ],
});
tours.add("sozial_activity_withdraw_tour", {
    steps: () => [
        go("I cannot come", "button[name=answer][value=cancel]"),
        { content: "given back", trigger: "#wrap:not(:has(button[value=cancel]))", run: nothingSticksOut },
    ],
});

// In the centre, on a phone: whoever is registered stands on the sheet; tick, count a guest, save.
tours.add("sozial_attendance_tour", {
    steps: () => [
        { content: "the sheet of the session", trigger: ".o_form_view button[name=action_attendance]", run: "click" },
        { content: "registered", trigger: ".o_sozial_person:contains(Bea) .o_sozial_registered" },
        { content: "she is there", trigger: ".o_sozial_person:contains(Bea) .o_sozial_tick", run: "click" },
        { content: "ticked", trigger: ".o_sozial_person:contains(Bea) .o_sozial_tick[aria-checked=true]", run: nothingSticksOut },
        { content: "a guest", trigger: ".o_sozial_count[data-cell=participant-older] .o_sozial_more", run: "click" },
        { content: "two in all", trigger: ".o_sozial_summary:contains(People: 2)" },
        { content: "save", trigger: ".o_sozial_save", run: "click" },
        { content: "saved", trigger: ".o_notification:contains(Saved)" },
        { content: "the way back", trigger: ".o_back_button, .o_breadcrumb a", run: "click" },
        { content: "the sheet is left", trigger: ".o_action_manager:not(:has(.o_sozial_attendance)) .o_view_controller" },
    ],
});

// At a desk: a centre closes and opens again.
const decided = (button, state) => [
    { content: button, trigger: `button[name=${button}]`, run: "click" },
    { content: "yes", trigger: ".modal .btn-primary", run: "click" },
    { content: "done", trigger: `.o_statusbar_status button[data-value=${state}][aria-checked=true], .o_statusbar_status .o_arrow_button_current[data-value=${state}]` },
];
tours.add("sozial_closure_activate_tour", { steps: () => decided("action_activate", "active") });
tours.add("sozial_closure_end_tour", { steps: () => decided("action_end", "withdrawn") });

// On a phone, without a login: what the programme says.
tours.add("sozial_programme_closed_tour", {
    steps: () => [
        { content: "closed", trigger: ".o_sozial_line.o_sozial_suspended:contains(Yoga) .o_sozial_status", run: nothingSticksOut },
    ],
});
tours.add("sozial_programme_open_tour", {
    steps: () => [
        { content: "open", trigger: ".o_sozial_line.o_sozial_planned:contains(Yoga):not(:has(.o_sozial_status))", run: nothingSticksOut },
        go("to the course", ".o_sozial_line:contains(Yoga) h3 a"),
        { content: "the course", trigger: "h1:contains(Yoga)", run: nothingSticksOut },
    ],
});
