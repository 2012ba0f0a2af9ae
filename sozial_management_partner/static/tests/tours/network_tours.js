import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const IDLE = "body:not(:has(.modal))";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const tile = (name) => `.o_sozial_tile:contains(${name})`;
const matrix = (topic) => `.o_sozial_network .table-bordered tr:has(th:contains(${topic}))`;
const gap = (topic, value) => `.o_sozial_gaps tr:contains(${topic}):contains(${value})`;
const field = (name) => `.o_form_view .o_field_widget[name=${name}]`;
const choosePeriod = {
    content: "the last year that is over", trigger: ".o_sozial_period",
    run() {
        this.anchor.value = [...this.anchor.options].find((one) => /^\d{4}$/.test(one.textContent)).value;
        this.anchor.dispatchEvent(new Event("change"));
    },
};

// Who offers what where: the map, the matrix, one cell.
const look = [
    { content: "the map: two topics, one without anybody", trigger: `${tile("Nord")}:contains(1)` },
    click("this quarter only", tile("Nord")),
    { content: "pressed", trigger: `${tile("Nord")}[aria-pressed=true]` },
    click("who offers it", `${matrix("Hausaufgabenhilfe")} td button`),
    { content: "by name", trigger: ".o_sozial_network .card:contains(Caritasverband)" },
    click("only topics with gaps", "#network_gaps"),
    { content: "the other one is gone", trigger: `.o_sozial_network:not(:has(${matrix("Hausaufgabenhilfe")}))` },
    { content: "nobody", trigger: `${matrix("Besuchsdienst")} .table-danger` },
];
const gaps = [choosePeriod, { content: "large figures are told, small ones are not there", trigger: `${gap("Besuchsdienst", "16")}:not(:has(~ tr:contains(Lesepatenschaft)))` }];

tours.add("sozial_network_prepare_tour", {
    steps: () => [
        ...look,
        ...gaps,
        click("prepare the call", `${gap("Besuchsdienst", "16")} .o_sozial_prepare:contains(/Prepare call|Aufruf vorbereiten/)`),
        { content: "the title is written", trigger: `${field("name")} input:value(Besuchsdienst im Quartier Nord)` },
        { content: "the occasion tells the figure", trigger: `${field("occasion")} textarea:value(16)` },
        click("lots", ".o_notebook .nav-link[name=lots]"),
        { content: "the lot", trigger: `${field("lot_ids")} .o_data_row:contains(Besuchsdienst im Quartier Nord)` },
        { content: "a draft", trigger: `${IDLE} .o_statusbar_status .o_arrow_button_current[data-value=draft]` },
    ],
});

// The head runs no calls: an officer has the draft as a task.
tours.add("sozial_network_suggest_tour", {
    steps: () => [
        ...look,
        click("suggest a call", `${matrix("Besuchsdienst")} .o_sozial_prepare:contains(/Suggest a call|Aufruf vorschlagen/)`),
        { content: "it stands there to be read", trigger: ".o_last_breadcrumb_item:contains(Besuchsdienst im Quartier Nord)" },
    ],
});

// Who only works with cases sees who offers what, and starts nothing.
tours.add("sozial_network_look_tour", {
    steps: () => [
        ...look,
        { content: "no figures, no button", trigger: ".o_sozial_network:not(:has(.o_sozial_prepare)):not(:has(.o_sozial_period))" },
    ],
});
