import { registry } from "@web/core/registry";

// A social worker takes a hand-over on »My day«, writes the first note and closes the case.
registry.category("web_tour.tours").add("sozial_case_tour", {
    steps: () => [
        {
            content: "the inbox shows the tenant",
            trigger: ".o_sozial_my_day .list-group-item:contains(Erika Sorgenfrei) .btn-primary",
            run: "click",
        },
        {
            content: "the case is open, its concern is what the colleague wrote",
            trigger: ".o_form_view .o_field_widget[name=concern] textarea:value(/Zwei Mieten/)",
        },
        {
            content: "the client stands at the top",
            trigger: ".o_form_view h3:contains(Erika Sorgenfrei)",
        },
        {
            content: "nothing can be written into the history",
            trigger: ".o-mail-Chatter:not(:has(.o-mail-Chatter-sendMessage:visible))",
        },
        {
            content: "first contact note",
            trigger: ".o_form_statusbar button.btn-primary",
            run: "click",
        },
        {
            content: "the note belongs to this case",
            trigger: ".modal .o_field_widget[name=client_id]:contains(Erika Sorgenfrei)",
        },
        {
            content: "minutes",
            trigger: ".modal .o_field_widget[name=minutes] input",
            run: "edit 20",
        },
        {
            content: "what was said",
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Erstgespräch: Termin am Dienstag.",
        },
        {
            content: "save the note",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "it stands in the case",
            trigger: "body:not(:has(.modal)) .o_field_widget[name=contact_ids] .o_data_row:contains(Erstgespräch)",
        },
        {
            content: "start the assessment",
            trigger: ".o_form_statusbar button.o_sozial_assess",
            run: "click",
        },
        {
            content: "two things are missing; data protection first",
            trigger: ".o_sozial_missing .list-group-item:contains(/Data protection|Datenschutz/) button",
            run: "click",
        },
        {
            content: "how it was explained",
            trigger: ".modal .o_field_widget[name=privacy_notice_how] input[data-value=oral]",
            run: "click",
        },
        {
            content: "when",
            trigger: ".modal .o_field_widget[name=privacy_notice_on] input, .modal .o_field_widget[name=privacy_notice_on] button",
            run: "click",
        },
        {
            content: "today",
            trigger: ".o_datetime_picker .o_today",
            run: "click",
        },
        {
            content: "save it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "start the assessment again",
            trigger: "body:not(:has(.modal)) .o_form_statusbar button.o_sozial_assess",
            run: "click",
        },
        {
            content: "the duplicate check is left",
            trigger: ".o_sozial_missing .list-group-item:only-child button",
            run: "click",
        },
        {
            content: "nobody else has this name",
            trigger: ".modal .o_field_widget[name=answer] input[data-value=new]",
            run: "click",
        },
        {
            content: "answer",
            trigger: ".modal footer button[name=action_confirm]:visible",
            run: "click",
        },
        {
            content: "now the assessment starts",
            trigger: "body:not(:has(.modal)) .o_form_statusbar button.o_sozial_assess",
            run: "click",
        },
        {
            content: "the phase moved on",
            trigger: ".o_statusbar_status button.o_arrow_button_current[data-value=assessment]",
        },
        {
            content: "close",
            trigger: ".o_form_statusbar button.o_sozial_close",
            run: "click",
        },
        {
            content: "reason",
            trigger: ".modal .o_field_widget[name=close_reason] input[data-value=solved]",
            run: "click",
        },
        {
            content: "outcome",
            trigger: ".modal .o_field_widget[name=outcome] input[data-value=reached]",
            run: "click",
        },
        {
            content: "close the case",
            trigger: ".modal footer button[name=action_confirm]:visible",
            run: "click",
        },
        {
            content: "closed",
            trigger: "body:not(:has(.modal)) .o_statusbar_status button.o_arrow_button_current[data-value=closed]",
        },
    ],
});
