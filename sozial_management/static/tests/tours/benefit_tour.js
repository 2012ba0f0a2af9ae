import { registry } from "@web/core/registry";

const IDLE = "body:not(:has(.modal))";
const click = (content, trigger) => ({ content, trigger, run: "click" });

// A pensioner: the hand-over becomes a case, the pre-check says what is likely, the letter keeps the month.
registry.category("web_tour.tours").add("sozial_benefit_tour", {
    steps: () => [
        click("take the hand-over", ".o_sozial_my_day .list-group-item:contains(Erika Sorgenfrei) .btn-primary"),
        click("benefits", ".o_notebook .nav-link[name=benefits]"),
        click("check benefits", "button[name=action_benefit_check]"),
        { content: "the rent came along", trigger: ".o_field_widget[name=rent_cold] input:value(520)" },
        click("open the tenant", ".o_field_widget[name=person_ids] .o_data_row:contains(Erika Sorgenfrei) .o_data_cell[name=age]"),
        { content: "the pension", trigger: ".modal .o_field_widget[name=pension] input", run: "edit 1150" },
        click("keep it", ".modal .o_form_button_save"),
        { content: "likely", trigger: `${IDLE} .o_sozial_outcome_wohngeld .text-bg-success` },
        { content: "how much", trigger: ".o_sozial_outcome_wohngeld:contains(271)" },
        { content: "what next month would lose", trigger: ".o_sozial_month_saver:contains(271)" },
        click("keep the check", ".o_form_button_save"),
        click("apply", "button.o_sozial_apply_wohngeld"),
        { content: "the checklist is there", trigger: ".o_field_widget[name=document_ids] .o_data_row:nth-child(8)" },
        click("informal letter", "button.o_sozial_informal"),
        { content: "its day stands", trigger: "button.o_sozial_file" },
        click("filed", "button.o_sozial_file"),
        { content: "it is filed", trigger: ".o_arrow_button_current[data-value=filed]" },
    ],
});
