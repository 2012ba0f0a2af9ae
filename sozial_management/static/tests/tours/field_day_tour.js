import { registry } from "@web/core/registry";

const card = (name) => `.o_kanban_renderer .o_kanban_record:contains(${name})`;
const click = (content, trigger) => ({ content, trigger, run: "click" });

// The way through a building with one thumb: what is tapped is large, and nothing has to be moved sideways.
function thumb(selector) {
    return () => {
        const screen = document.documentElement;
        if (screen.scrollWidth > window.innerWidth) {
            throw new Error(`${screen.scrollWidth} pixels wide`);
        }
        for (const button of document.querySelectorAll(selector)) {
            const { height, width, right } = button.getBoundingClientRect();
            if (height < 44 || width < 44 || right > window.innerWidth) {
                throw new Error(`${button.textContent}: ${width} x ${height}, up to ${right}`);
            }
        }
    };
}

registry.category("web_tour.tours").add("sozial_field_day_tour", {
    steps: () => [
        { content: "in the order of the bells", trigger: card("Erdgeschoss"), run() {
            const bells = [...document.querySelectorAll(".o_kanban_record:not(.o_kanban_ghost)")].map((record) => record.textContent);
            const floors = ["Erdgeschoss", "1. OG", "Dach"].map((floor) => bells.findIndex((bell) => bell.includes(floor)));
            if (floors.join() !== "0,1,2") {
                throw new Error(`order of the bells: ${floors}`);
            }
        } },
        { content: "one thumb hits the buttons", trigger: `${card("Dach")} button`, run: thumb(".o_kanban_record button") },
        click("somebody was at home", `${card("Erdgeschoss")} button[name=action_met]`),
        { content: "who was met is off the list", trigger: `.o_kanban_renderer:not(:contains(Erdgeschoss))` },
        click("nobody there: a card", `${card("1. OG")} button[name=action_card]`),
        { content: "the next try follows", trigger: `${card("1. OG")} .badge:contains(/Not reached|Nicht/)` },
        { content: "a wrong tap is taken back as easily", trigger: `${card("1. OG")} button[name=action_undo]`, run: thumb("button[name=action_undo]") },
        click("the third wants something else", `${card("Dach")} .fw-bold`),
        click("in short", ".o_form_view .o_field_widget[name=result] input"),
        click("another day", ".o_select_menu_item:contains(/Another day|An einem anderen Tag/)"),
        { content: "nothing is wider than the screen", trigger: ".o_form_sheet", run: thumb("none") },
        click("save", ".o_form_button_save"),
        click("back", ".o_form_saved .o_back_button, .o_back_button, .o_breadcrumb .breadcrumb-item a"),
        { content: "what came of it stands on the card", trigger: `${card("Dach")}:contains(/Another day|An einem anderen Tag/)` },
    ],
});
