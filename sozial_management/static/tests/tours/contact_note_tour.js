import { registry } from "@web/core/registry";

const write = (text) => ({
    content: "what was said",
    trigger: ".modal .o_field_widget[name=text] textarea",
    run: `edit ${text}`,
});
const save = { content: "save", trigger: ".modal .o_form_button_save", run: "click" };
const saved = { content: "saved", trigger: "body:not(:has(.modal))" };
const theRightCase = {
    content: "the client's name says whose case it is",
    trigger: ".modal .o_field_widget[name=client_id]:contains(Erika Sorgenfrei)",
};

// Two clicks and what was said: from the list of cases, on a large screen.
registry.category("web_tour.tours").add("sozial_note_list_tour", {
    steps: () => [
        { content: "the pencil of the case", trigger: ".o_data_row:contains(Erika Sorgenfrei) .o_sozial_note", run: "click" },
        theRightCase,
        write("Aus der Liste."),
        save,
        saved,
    ],
});

// From »My day«, where the appointment stands, on the phone: day and length come from the calendar.
registry.category("web_tour.tours").add("sozial_note_phone_tour", {
    steps: () => [
        { content: "the pencil of the appointment", trigger: ".o_sozial_my_day .list-group-item:contains(Erika Sorgenfrei) .o_sozial_note", run: "click" },
        theRightCase,
        { content: "the length is filled in", trigger: ".modal .o_field_widget[name=minutes] input:value(45)" },
        write("Vom Telefon."),
        save,
        saved,
    ],
});

// Begin a note and lose the session; go on with it the next time.
registry.category("web_tour.tours").add("sozial_note_lost_tour", {
    steps: () => [
        { content: "the pencil of the case", trigger: ".o_data_row:contains(Erika Sorgenfrei) .o_sozial_note", run: "click" },
        theRightCase,
        write("Halb geschrieben"),
        {
            content: "wait until the server holds it",
            trigger: ".modal .o_field_widget[name=text]",
            async run() {
                const { orm } = odoo.__WOWL_DEBUG__.root.env.services;
                for (let turn = 0; turn < 60; turn++) {
                    const rows = await orm.searchRead("sozial.contact.draft", [], ["content"]);
                    if (rows.some((row) => row.content.text === "Halb geschrieben")) {
                        return;
                    }
                    await new Promise((resolve) => setTimeout(resolve, 250));
                }
                throw new Error("nothing was kept");
            },
        },
        { content: "away with the window, unsaved", trigger: ".modal .o_form_button_cancel", run: "click" },
        saved,
    ],
});
registry.category("web_tour.tours").add("sozial_note_found_tour", {
    steps: () => [
        { content: "the pencil of the case", trigger: ".o_data_row:contains(Erika Sorgenfrei) .o_sozial_note", run: "click" },
        { content: "go on with it", trigger: ".modal .modal-footer .btn-primary:contains(/Go on|Weiterschreiben/)", run: "click" },
        { content: "the text is there", trigger: ".modal .o_field_widget[name=text] textarea:value(/Halb geschrieben/)" },
        save,
        saved,
    ],
});
