import { registry } from "@web/core/registry";

const field = (name) => `.o_form_view .o_field_widget[name=${name}]`;

const dated = (name, value) => [
    { content: `go to ${name}`, trigger: `${field(name)} :is(input, button)`, run: "click" },
    { content: `enter ${name}`, trigger: `${field(name)} input`, run: `edit ${value}` },
];

const line = (words) => `.modal [name=conflict_ids] .o_data_row:contains(${words})`;

// Staff plans a series; two dates are public holidays, on one the room is closed. One of them moves to another room.
registry.category("web_tour.tours").add("sozial_room_series_tour", {
    steps: () => [
        { content: "what for", trigger: `${field("name")} input`, run: "edit Handarbeitskreis" },
        { content: "where", trigger: `${field("room_id")} input`, run: "edit Küche" },
        { content: "this room", trigger: ".o-autocomplete--dropdown-item:contains('Küche, Treff')", run: "click" },
        ...dated("date_start", "03/22/2027"),
        ...dated("date_until", "05/24/2027"),
        { content: "from", trigger: `${field("time_start")} input`, run: "edit 10:00" },
        { content: "to", trigger: `${field("time_end")} input`, run: "edit 12:00" },
        { content: "save", trigger: ".o_form_button_save", run: "click" },
        { content: "check the dates", trigger: ".o_form_statusbar button[name=action_plan]", run: "click" },
        { content: "three dates are listed, no more", trigger: ".modal [name=conflict_ids]:has(.o_data_row:nth-child(3)):not(:has(.o_data_row:nth-child(4)))" },
        { content: "one is Easter Monday", trigger: line("Ostermontag") },
        { content: "one is Whit Monday", trigger: line("Pfingstmontag") },
        { content: "one is closed, and the reason is said", trigger: line("Wasserschaden") },
        { content: "decide about it", trigger: `${line("Wasserschaden")} td[name=choice]`, run: "click" },
        { content: "the choices", trigger: `${line("Wasserschaden")} td[name=choice] input`, run: "click" },
        { content: "another room", trigger: ".o_select_menu_item:contains(Other room)", run: "click" },
        { content: "a free room is proposed", trigger: `${line("Wasserschaden")} td[name=new_room_id] input:value(/Links/)` },
        { content: "book", trigger: ".modal-footer button[name=action_apply]", run: "click" },
        { content: "the series is in force", trigger: ".o_statusbar_status .o_arrow_button_current[data-value=active]" },
        { content: "eight dates", trigger: ".o_form_view button[name=action_view_bookings] .o_stat_value:contains(8)" },
    ],
});
