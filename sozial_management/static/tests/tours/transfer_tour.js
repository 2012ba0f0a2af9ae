import { registry } from "@web/core/registry";

const click = (content, trigger) => ({ content, trigger, run: "click" });

// The whole caseload is offered to a colleague.
registry.category("web_tour.tours").add("sozial_transfer_ask_tour", {
    steps: () => [
        click("the colleague", ".modal .o_field_widget[name=to_user_id] input"),
        { content: "by name", trigger: ".modal .o_field_widget[name=to_user_id] input", run: "edit t_colleague" },
        click("choose", ".o-autocomplete--dropdown-item:contains(t_colleague)"),
        { content: "both cases are proposed", trigger: ".modal .o_field_widget[name=case_ids] .o_tag:nth-of-type(2)" },
        { content: "what to know", trigger: ".modal .o_field_widget[name=note] textarea", run: "edit Kennwort-Zaunkönig" },
        click("ask", ".modal footer button[name=action_confirm]"),
        { content: "it waits", trigger: ".o_form_view .o_arrow_button_current[data-value=asked]" },
        { content: "who asked sees which cases", trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Erika Sorgenfrei)" },
    ],
});

// The colleague sees a number and no name, takes over, and works on the cases.
registry.category("web_tour.tours").add("sozial_transfer_accept_tour", {
    steps: () => [
        click("what waits", ".o_sozial_my_day .o_sozial_transfers"),
        click("the request", ".o_list_view .o_data_row .o_data_cell[name=reason]"),
        { content: "two cases", trigger: ".o_form_view .o_field_widget[name=case_count]:contains(2)" },
        { content: "and no name", trigger: ".o_form_view:not(:contains(Erika Sorgenfrei)):not(:contains(Zaunkönig))" },
        click("take over", ".o_form_statusbar button.o_sozial_take_over"),
        click("sure", ".modal footer .btn-primary"),
        click("the cases are there", ".o_list_view .o_data_row:contains(Erika Sorgenfrei) .o_data_cell[name=name]"),
        click("who reads it", ".o_notebook .nav-link[name=access]"),
        { content: "the note of the colleague", trigger: ".o_field_widget[name=transfer_line_ids] .o_data_row:contains(Kennwort-Zaunkönig)" },
    ],
});
