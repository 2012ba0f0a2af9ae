import { registry } from "@web/core/registry";

// The back office hands a tenant over from the tenancy, and later reads who takes care of it.
registry.category("web_tour.tours").add("sozial_handover_tour", {
    steps: () => [
        {
            content: "open the tenancy",
            trigger: ".o_data_row td[name=external_ref]:contains(V-TOUR)",
            run: "click",
        },
        {
            content: "hand over",
            trigger: ".o_form_statusbar .btn-primary",
            run: "click",
        },
        {
            content: "tenant and tenancy are filled in",
            trigger: ".modal .o_field_widget[name=partner_id] input:value(Erika Sorgenfrei)",
        },
        {
            content: "topic",
            trigger: ".modal .o_field_widget[name=topic_id] input",
            run: "click",
        },
        {
            content: "choose the topic",
            trigger: ".o_select_menu_item:first",
            run: "click",
        },
        {
            content: "the tenant knows",
            trigger: ".modal .o_field_widget[name=tenant_knows] input[data-value=yes]",
            run: "click",
        },
        {
            content: "two sentences",
            trigger: ".modal .o_field_widget[name=summary] textarea",
            run: "edit Zwei Mieten sind offen. Frau Sorgenfrei möchte mit jemandem reden.",
        },
        {
            content: "hand over",
            trigger: ".modal footer button[name=action_submit]",
            run: "click",
        },
        {
            content: "it is said where to look later",
            trigger: ".o_notification:has(.o_notification_bar.bg-success)",
        },
        {
            content: "the dialog is gone",
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("sozial_my_handovers_tour", {
    steps: () => [
        {
            content: "the hand-over shows its contact person",
            trigger: ".o_data_row:contains(Erika Sorgenfrei) td[name=worker_id]:contains(t_worker)",
            run: "click",
        },
        {
            content: "handed over on DATE, contact person NAME",
            trigger: ".o_form_view .alert-success:contains(t_worker)",
        },
        {
            content: "and no button leads into a case",
            trigger: ".o_form_view:not(:has(button[name=action_take]))",
        },
    ],
});
