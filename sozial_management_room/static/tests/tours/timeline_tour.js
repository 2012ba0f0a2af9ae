import { registry } from "@web/core/registry";

const cell = (room, rest = "") => `.o_room_row:contains(${room}) .o_room_cell[data-day] ${rest}`.trim();

const dropOn = (selector) => (helpers) => helpers.drag_and_drop(selector, { position: "center" });

// Staff moves a booking to another room, is refused a taken one, and adds one by clicking into free time.
registry.category("web_tour.tours").add("sozial_room_timeline_tour", {
    steps: () => [
        {
            content: "choose the day",
            trigger: ".o_room_timeline .o_room_date",
            run() {
                this.anchor.value = "2027-03-01";
                this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "the choir is in the kitchen",
            trigger: cell("Küche", ".o_room_bar:contains(Chorprobe)"),
            run: dropOn(cell("Rechts")),
        },
        {
            content: "now it is in the right half; the hall shows its shadow",
            trigger: cell("Saal", ".o_room_shadow:contains(Rechts)"),
        },
        {
            content: "onto the meeting in the left half",
            trigger: cell("Rechts", ".o_room_bar:contains(Chorprobe)"),
            run: dropOn(cell("Links", ".o_room_bar:contains(Treffen)")),
        },
        { content: "the message names the room", trigger: ".modal:contains(Links)" },
        { content: "understood", trigger: ".modal .btn-primary", run: "click" },
        {
            content: "it stays where it was",
            trigger: cell("Rechts", ".o_room_bar:contains(Chorprobe)"),
        },
        { content: "the week", trigger: ".o_room_week", run: "click" },
        {
            content: "the week shows seven days",
            trigger: ".o_room_grid_week .o_room_head .o_room_cell:nth-child(8)",
        },
        { content: "back to the day", trigger: ".o_room_day", run: "click" },
        {
            content: "a click into free time",
            trigger: `.o_room_grid_day ${cell("Küche")}`,
            run() {
                const box = this.anchor.getBoundingClientRect();
                const at = {
                    bubbles: true,
                    button: 0,
                    clientX: box.left + box.width / 2,
                    clientY: box.top + 10,
                    pointerType: "mouse",
                };
                this.anchor.dispatchEvent(new PointerEvent("pointerdown", at));
                window.dispatchEvent(new PointerEvent("pointerup", at));
            },
        },
        {
            content: "opens a new booking with the room filled in",
            trigger: ".modal .o_field_widget[name=room_id] input:value(Küche)",
        },
        { content: "what for", trigger: ".modal .o_field_widget[name=name] input", run: "edit Backen" },
        { content: "save", trigger: ".modal .o_form_button_save", run: "click" },
        { content: "it stands on the plan", trigger: cell("Küche", ".o_room_bar:contains(Backen)") },
    ],
});
