import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const IDLE = "body:not(:has(.modal))";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const sees = (content, trigger) => ({ content, trigger });
const at = (phase) => sees(`the case is in the phase ${phase}`, `${IDLE} .o_statusbar_status button.o_arrow_button_current[data-value=${phase}]`);
const step = (name) => click(`button ${name}`, `${IDLE} .o_form_statusbar button.o_sozial_${name}`);
const reads = (text) => sees(`reads: ${text}`, `.o_sozial_missing .list-group-item:contains(${text})`);
const readsOnly = (...texts) => [
    ...texts.map(reads),
    sees("nothing else is missing", `.o_sozial_missing .list-group:not(:has(.list-group-item:nth-child(${texts.length + 1})))`),
    click("later", ".modal footer button"),
];
const refused = (text) => [
    sees(`reads: ${text}`, `.modal .modal-body:contains(${text})`),
    click("close the message", `.modal:contains(${text}) footer .btn-primary`),
];
const CONFIRM = ".modal footer button[name=action_confirm]:visible";
const unanswered = (name) => sees(`${name} is asked for`, `.modal .o_field_widget[name=${name}].o_field_invalid`);
const answered = (name) => sees(`${name} is answered`, `.modal .o_field_widget[name=${name}]:not(.o_field_invalid)`);
const choose = (name, value) => click(`${name}: ${value}`, `.modal .o_field_widget[name=${name}] input[data-value=${value}]`);
const cancel = click("cancel", ".modal footer button[special=cancel], .modal footer button.o_form_button_cancel");

/** What a colleague does in another window, while this one still shows the case as it was. */
const elsewhere = (content, ...calls) => ({
    content,
    trigger: `${IDLE} .o_form_view, .modal .o_form_view`,
    async run() {
        const id = Number(location.pathname.match(/\/cases\/(\d+)/)[1]);
        for (const [method, ...args] of calls) {
            await rpc(`/web/dataset/call_kw/sozial.case/${method}`, { model: "sozial.case", method, args: [[id], ...args], kwargs: {} });
        }
    },
});
const CLOSED = [["write", { close_reason: "solved", outcome: "reached" }], ["action_close"]];

const tour = (name, ...steps) => registry.category("web_tour.tours").add(`sozial_forbidden_${name}_tour`, { steps: () => steps.flat() });

tour(
    "close_intake",
    at("intake"),
    step("close"),
    click("neither reason nor outcome", CONFIRM),
    unanswered("close_reason"),
    unanswered("outcome"),
    choose("close_reason", "solved"),
    answered("close_reason"),
    click("no outcome", CONFIRM),
    unanswered("outcome"),
    cancel,
    at("intake")
);

tour(
    "close_review",
    at("review"),
    step("close"),
    readsOnly("Ich behalte meine Wohnung", "/Assessment at the end|Einschätzung zum Abschluss/"),
    at("review")
);

tour(
    "decline",
    at("intake"),
    click("decline", `${IDLE} .o_form_statusbar button:contains(/Decline|Ablehnen/)`),
    sees("declining asks for no outcome", ".modal:not(:has(.o_field_widget[name=outcome]))"),
    click("no reason", CONFIRM),
    unanswered("close_reason"),
    cancel,
    at("intake")
);

// The client was looked up; then the case got another one.
tour(
    "other_client",
    at("intake"),
    click("participants", ".o_notebook .nav-link[name=participants]"),
    click("the client", ".o_field_widget[name=participant_ids] .o_data_row:contains(Erika Sorgenfrei) .o_data_cell[name=partner_id]"),
    { content: "another one", trigger: ".o_field_widget[name=participant_ids] .o_selected_row [name=partner_id] input", run: "edit Hans Meyer" },
    click("Hans Meyer", ".o-autocomplete--dropdown-item:contains(Hans Meyer):not(:contains(/Create|anlegen/))"),
    step("assess"),
    readsOnly("/client is another one|Person ist eine andere/"),
    at("intake")
);

tour(
    "reopen",
    at("closed"),
    click("take up again", `${IDLE} .o_form_statusbar button[name=action_reopen]`),
    click("sure", ".modal footer .btn-primary"),
    at("intake"),
    click("back to the old one", ".o_breadcrumb .breadcrumb-item:last a, .o_breadcrumb .o_back_button"),
    at("closed"),
    click("take up again, once more", `${IDLE} .o_form_statusbar button[name=action_reopen]`),
    click("sure", ".modal footer .btn-primary"),
    refused("/taken up again already|schon wieder aufgenommen/"),
    at("closed")
);

// Short kinds go from the assessment to the support at once, and no other way.
tour(
    "short_intake",
    at("intake"),
    sees("no way past the assessment", ".o_form_statusbar:not(:has(.o_sozial_support, .o_sozial_plan))"),
    step("assess"),
    readsOnly("/Data protection|Datenschutz/", "/Duplicate check|Dublettenprüfung/"),
    at("intake")
);
tour(
    "short_assessment",
    at("assessment"),
    sees("there is nothing to plan", ".o_form_statusbar:not(:has(.o_sozial_plan))"),
    elsewhere("a colleague has started the support", ["action_support"]),
    step("support"),
    refused("/the case cannot go to|kann der Fall nicht zu/"),
    elsewhere("and closed it", ...CLOSED),
    step("close"),
    refused("/already|bereits/")
);

// What was begun while the case was open, and saved after it was closed.
tour(
    "closed_note",
    at("intake"),
    click("contact note", ".o_form_statusbar button.btn-primary"),
    { content: "what was said", trigger: ".modal .o_field_widget[name=text] textarea", run: "edit Zu spät." },
    elsewhere("a colleague closes the case", ...CLOSED),
    click("save the note", ".modal .o_form_button_save"),
    refused("/write a contact note|Für eine Kontaktnotiz/"),
    cancel
);
tour(
    "closed_concern",
    at("intake"),
    { content: "the concern", trigger: ".o_field_widget[name=concern] textarea", run: "edit Zu spät." },
    elsewhere("a colleague closes the case", ...CLOSED),
    click("save", ".o_form_button_save"),
    refused("/is closed and stays as it is|bleibt, wie er ist/"),
    click("discard", `${IDLE} .o_form_button_cancel`)
);
tour(
    "closed",
    at("closed"),
    sees("no note, no appointment", ".o_form_view:not(:has(.o_form_statusbar button.btn-primary, button[name=action_schedule_appointment]))"),
    sees("nothing to write into", ".o_form_view .o_field_widget[name=concern].o_readonly_modifier:not(:has(textarea))"),
    click("participants", ".o_notebook .nav-link[name=participants]"),
    sees("nobody to add", ".o_field_widget[name=participant_ids]:not(:has(.o_field_x2many_list_row_add))")
);
