import { registry } from "@web/core/registry";

const field = (name) => `.o_form_view .o_field_widget[name=${name}]`;

// Staff on a phone looks for a room, finds one that is free, and books it.
registry.category("web_tour.tours").add("sozial_room_search_tour", {
    steps: () => [
        { content: "for how many", trigger: `${field("persons")} input`, run: "edit 15" },
        { content: "what for", trigger: `${field("name")} input`, run: "edit Chorprobe" },
        { content: "search", trigger: ".o_room_search", run: "click" },
        {
            content: "the left half is taken, the right one free",
            trigger: ".o_field_widget[name=room_fit_ids] .o_kanban_record:contains(Rechts)",
            run() {
                if (this.anchor.closest(".o_field_widget").textContent.includes("Links")) {
                    throw new Error("the left half is taken at that time");
                }
                const page = document.documentElement;
                if (page.scrollWidth > page.clientWidth) {
                    throw new Error(`the page is ${page.scrollWidth} px wide on a phone of ${page.clientWidth} px`);
                }
            },
        },
        { content: "book", trigger: ".o_kanban_record:contains('Rechts, Treff') button[name=action_book]", run: "click" },
        { content: "the booking", trigger: ".o_form_view .o_field_widget[name=public_title]" },
    ],
});
