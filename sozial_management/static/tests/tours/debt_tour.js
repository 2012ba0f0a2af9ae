import { registry } from "@web/core/registry";

const IDLE = "body:not(:has(.modal))";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const tab = (name) => click(`page ${name}`, `${IDLE} .o_notebook .nav-link[name=${name}]`);
const at = (state) => ({ content: `the plan is ${state}`, trigger: `${IDLE} .o_arrow_button_current[data-value=${state}]` });
const back = () => click("back", ".o_breadcrumb .breadcrumb-item:last a, .o_breadcrumb .o_back_button");

// A creditor, entered in the dialog of the list.
const creditor = (name, amount) => [
    click("a creditor", `${IDLE} .o_field_widget[name=claim_ids] .o_field_x2many_list_row_add a`),
    { content: name, trigger: ".modal .o_field_widget[name=creditor_id] input", run: `edit ${name}` },
    click("choose", `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${name})`),
    { content: "how much", trigger: ".modal .o_field_widget[name=principal] input", run: `edit ${amount}` },
    click("keep the creditor", ".modal .o_form_button_save"),
    { content: "it stands there", trigger: `${IDLE} .o_field_widget[name=claim_ids] .o_data_row:contains(${name})` },
];

// An item of the household budget, in one of its two lists.
const item = (list, heading, amount) => [
    click("an item", `.o_field_widget[name=${list}] .o_field_x2many_list_row_add a`),
    { content: heading, trigger: `.o_field_widget[name=${list}] .o_selected_row .o_field_widget[name=category_id] input`, run: `edit ${heading}` },
    click("choose", `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${heading})`),
    { content: "amount", trigger: `.o_field_widget[name=${list}] .o_selected_row .o_field_widget[name=amount] input`, run: `edit ${amount}` },
];

// A family with three creditors, from the case to an accepted instalment plan.
registry.category("web_tour.tours").add("sozial_debt_tour", {
    steps: () => [
        click("the money of the case", `${IDLE} button[name=action_money]`),
        click("arrears of the own company", `${IDLE} button[name=action_take_arrears]`),
        { content: "they are a claim now", trigger: `${IDLE} .o_field_widget[name=claim_ids] .o_data_row:contains(900)` },
        ...creditor("Stadtwerke Tour", "600"),
        ...creditor("Versandhaus Tour", "300"),
        click("save", ".o_form_button_save"),
        { content: "saved: all three are added up", trigger: `${IDLE} .o_field_widget[name=creditor_count]:contains(3)` },
        click("household budget", `${IDLE} button[name=action_budget]`),
        ...item("income_ids", "Tour Lohn", "1500"),
        ...item("expense_ids", "Tour Miete", "1380"),
        click("save the budget", ".o_form_button_save"),
        { content: "what is free", trigger: `${IDLE} .o_field_widget[name=free]:contains(120)` },
        back(),
        { content: "it is free here too", trigger: `${IDLE} .o_field_widget[name=free_amount]:contains(120)` },
        tab("settlement"),
        click("compare", `${IDLE} button[name=action_settle]`),
        { content: "three ways side by side", trigger: ".o_field_widget[name=comparison] tr:first th:nth-child(4)" },
        click("the same quota for all", `${IDLE} button[name=action_choose]:first`),
        click("make the plan", `${IDLE} button[name=action_plan]`),
        at("draft"),
        { content: "three creditors", trigger: ".o_field_widget[name=share_ids] .o_data_row:nth-child(3)" },
        click("offer it", `${IDLE} button[name=action_offer]`),
        at("offered"),
        click("first one accepted", ".o_field_widget[name=share_ids] .o_data_row:nth-child(1) button[name=action_accepted]"),
        { content: "noted", trigger: ".o_field_widget[name=share_ids] .o_data_row:nth-child(1):not(:has(button[name=action_accepted]))" },
        click("second one accepted", ".o_field_widget[name=share_ids] .o_data_row:nth-child(2) button[name=action_accepted]"),
        { content: "noted", trigger: ".o_field_widget[name=share_ids] .o_data_row:nth-child(2):not(:has(button[name=action_accepted]))" },
        click("third one accepted", ".o_field_widget[name=share_ids] .o_data_row:nth-child(3) button[name=action_accepted]"),
        { content: "noted", trigger: ".o_field_widget[name=share_ids] .o_data_row:nth-child(3):not(:has(button[name=action_accepted]))" },
        click("all accepted", `${IDLE} button[name=action_accept]`),
        at("accepted"),
    ],
});
