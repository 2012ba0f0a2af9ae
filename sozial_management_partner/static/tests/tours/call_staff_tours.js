import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const IDLE = "body:not(:has(.modal))";
const TITLE = "Nachbarschaft Nord";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const field = (name) => `.o_form_view .o_field_widget[name=${name}]`;
const write = (name, value) => ({ content: `write ${name}`, trigger: `${field(name)} :is(input, textarea)`, run: `edit ${value}` });
const date = (name, value) => [click(`go to ${name}`, `${field(name)} :is(input, button)`), write(name, value)];
const tab = (name) => click(`page ${name}`, `.o_notebook .nav-link[name=${name}]`);
const button = (name) => click(`button ${name}`, `${IDLE} .o_form_statusbar button[name=${name}]`);
const sure = click("sure", ".modal footer .btn-primary");
const state = (value) => ({ content: `now it is ${value}`, trigger: `${IDLE} .o_statusbar_status .o_arrow_button_current[data-value=${value}]` });
const row = (text) => click(`open ${text}`, `${IDLE} .o_list_view .o_data_row:contains(${text}) .o_data_cell`);
const save = click("save", ".o_form_button_save:visible");
const back = click("one page back", ".o_breadcrumb .breadcrumb-item:last a, .o_breadcrumb .o_back_button");
const openCall = row(TITLE);

const addLot = (name, description) => [
    click("another lot", `${field("lot_ids")} .o_field_x2many_list_row_add a`),
    { content: "its name", trigger: ".o_selected_row [name=name] input", run: `edit ${name}` },
    { content: "the service", trigger: ".o_selected_row [name=description] textarea", run: `edit ${description}` },
];
const addCriterion = (name, values) => [
    click("another criterion", `${field("criterion_ids")} .o_field_x2many_list_row_add a`),
    { content: "its name", trigger: ".modal .o_field_widget[name=name] input", run: `edit ${name}` },
    ...values,
    click("keep it", ".modal .o_form_button_save"),
    { content: "it stands in the list", trigger: `${IDLE} ${field("criterion_ids")} .o_data_row:contains(${name})` },
];
const eligibility = [
    click("kind", ".modal .o_field_widget[name=kind] input"),
    click("eligibility", ".o_select_menu_item:contains(/Eligibility|Eignung/)"),
];
const weight = (value) => [{ content: "its weight", trigger: ".modal .o_field_widget[name=weight] input", run: `edit ${value}` }];

// The officer writes a call with two lots.
tours.add("sozial_call_write_tour", {
    steps: () => [
        { content: "what is looked for", trigger: `${field("name")} :is(input, textarea)`, run: `edit ${TITLE}` },
        write("summary", "Wir suchen einen Partner für die Nachbarschaft."),
        write("occasion", "Viele ältere Menschen leben allein."),
        write("goals", "Nachbarn kennen sich und helfen einander."),
        write("target", "Mieterinnen und Mieter ab 65 Jahren."),
        tab("lots"),
        ...addLot("Los 1: Beratung", "Offene Sprechstunde an zwei Tagen"),
        ...addLot("Los 2: Gruppen", "Zwei Gruppen in der Woche"),
        tab("criteria"),
        ...addCriterion("Satzungszweck passt", eligibility),
        ...addCriterion("Konzept", weight(60)),
        ...addCriterion("Erfahrung", weight(40)),
        tab("dates"),
        ...date("questions_until", "03.03.2090 09:00"),
        ...date("deadline", "17.03.2090 09:00"), // the browser of the tests lives in UTC: ten o'clock there
        ...date("date_from", "01.06.2090"),
        ...date("date_until", "31.05.2092"),
        write("remuneration", "Ein Zuschuss von 20.000 Euro im Jahr."),
        save,
        button("action_write_notice"),
        { content: "nothing is missing", trigger: `${IDLE} .o_form_view .alert:not(:has([name=todo]))` },
        tab("notice"),
        { content: "18 sections, all written", trigger: `${field("section_ids")}:has(.o_data_row:nth-child(18)):not(:has(.o_data_row.text-danger))` },
        state("draft"),
    ],
});

// A second person checks.
tours.add("sozial_call_check_tour", {
    steps: () => [
        openCall,
        button("action_open_check"),
        { content: "the result", trigger: ".modal .o_field_widget[name=note] textarea", run: "edit Kein Auftrag, Texte gelesen, keine Einwände." },
        click("record it", ".modal footer button[name=action_confirm]:visible"),
        state("checked"),
    ],
});

const appoint = (name) => [
    click("somebody else", `${field("member_ids")} .o_field_x2many_list_row_add a`),
    { content: "who", trigger: ".o_selected_row [name=user_id] input", run: `edit ${name}` },
    click("this person", `.o-autocomplete--dropdown-item:contains(${name})`),
];

// The officer publishes and appoints the panel.
tours.add("sozial_call_publish_tour", {
    steps: () => [
        openCall,
        button("action_publish"),
        sure,
        state("published"),
        tab("panel"),
        ...["t_reviewer_1", "t_reviewer_2", "t_reviewer_3"].flatMap(appoint),
        save,
        { content: "three are on it", trigger: `${field("member_ids")} .o_data_row:nth-child(3):not(.o_selected_row) .badge` },
        { content: "saved", trigger: ".o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});

// The officer answers a question to all.
tours.add("sozial_call_answer_tour", {
    steps: () => [
        row("barrierefrei"),
        write("text", "Gibt es einen barrierefreien Raum?"),
        write("answer", "Ja, im Erdgeschoss."),
        button("action_answer"),
        sure,
        state("answered"),
    ],
});

// Two persons open.
tours.add("sozial_call_first_opener_tour", {
    steps: () => [
        openCall,
        button("action_begin_opening"),
        sure,
        { content: "the second person is waited for", trigger: `${IDLE} .o_statusbar_status .o_arrow_button_current[data-value=begun]` },
    ],
});
tours.add("sozial_call_second_opener_tour", {
    steps: () => [
        openCall,
        button("action_confirm_opening"),
        sure,
        state("opened"),
        { content: "the protocol names both lots", trigger: ".o_form_view:contains(Los 1: Beratung):contains(Los 2: Gruppen)" },
        { content: "and who was late", trigger: ".o_form_view:contains(Turnverein Süd)" },
    ],
});

const met = (place) => [
    click(`row ${place}`, `.o_list_view .o_data_row:nth-child(${place}) td[name=result]`),
    click("the choices", `.o_list_view .o_data_row:nth-child(${place}).o_selected_row td[name=result] input`),
    click("met", ".o_select_menu_item:contains(/^(Met|Erfüllt)$/)"),
];

// The officer decides who is eligible.
tours.add("sozial_call_eligibility_tour", {
    steps: () => [
        openCall,
        button("action_prepare_eligibility"),
        ...[1, 2, 3].flatMap(met),
        click("save", ".o_list_button_save:visible"),
        { content: "all are decided", trigger: ".o_list_view:not(:has(.o_selected_row)) .o_data_row:nth-child(3) td[name=result]:contains(/Met|Erfüllt/)" },
    ],
});

const score = (place, points) => [
    click(`criterion ${place}`, `${IDLE} ${field("score_ids")} .o_data_row:nth-child(${place}) td[name=criterion_id]`),
    click(`${points} points`, `.modal .o_field_widget[name=score] input[data-value='${points}']`),
    { content: "what this level means", trigger: ".modal .o_field_widget[name=level]" },
    { content: "the reason", trigger: ".modal .o_field_widget[name=reason] textarea", run: `edit Seite ${place}: nachvollziehbar.` },
    click("keep it", ".modal .o_form_button_save"),
    { content: "the points stand there", trigger: `${IDLE} ${field("score_ids")} .o_data_row:nth-child(${place}) td[name=reason]:contains(Seite ${place})` },
];
const SHEETS = [
    [[4, 3], [3, 3], [4, 4]],
    [[5, 3], [3, 4], [3, 3]],
    [[4, 4], [2, 3], [4, 3]],
];

// Each of three reviewers declares, scores alone and hands in.
SHEETS.forEach((sheets, index) => {
    tours.add(`sozial_call_reviewer_${index + 1}_tour`, {
        steps: () => [
            row(TITLE),
            { content: "who applied", trigger: `${field("bidders")}:contains(Caritasverband)` },
            button("action_declare_none"),
            sure,
            state("none"),
            button("action_start_review"),
            click("the first sheet", ".o_list_view .o_data_row:first .o_data_cell"),
            ...sheets.flatMap((points, place) => [
                { content: "an empty sheet", trigger: `${IDLE} ${field("done")}:contains(0/2)` },
                ...score(1, points[0]),
                ...score(2, points[1]),
                save,
                { content: "it is complete", trigger: `${IDLE} ${field("done")}:contains(2/2)` },
                place < sheets.length - 1 ? click("the next one", ".o_pager_next") : back,
            ]),
            { content: "no sheet is left", trigger: ".o_list_view .o_data_row:nth-child(3):contains(2/2)" },
            back,
            button("action_finish"),
            sure,
            { content: "handed in", trigger: `${IDLE} .o_form_view:not(:has(button[name=action_finish])) ${"[name=finished_at]"}` },
        ],
    });
});

// The panel agrees on other points: the single scores stay, beside and below.
tours.add("sozial_call_consensus_tour", {
    steps: () => [
        row(TITLE),
        button("action_start_review"),
        row("Nachbarn helfen"),
        click("what the panel agreed", `${IDLE} .o_form_view button[name=action_open_consensus]`),
        { content: "nothing yet", trigger: ".o_view_nocontent" },
        click("agree", ".o_list_button_add"),
        click("criterion", `${field("criterion_id")} input`),
        click("experience", ".o-autocomplete--dropdown-item:contains(Erfahrung)"),
        { content: "what each gave", trigger: `${field("singles")}:contains(/t_reviewer_1.*: 3 · t_reviewer_2.*: 4 · t_reviewer_3.*: 3/)` },
        click("4 points", `${field("score")} input[data-value='4']`),
        write("reason", "Seite 4 nennt die Vertretung."),
        click("save", ".o_form_statusbar .o_sozial_save:visible"),
        { content: "saved", trigger: `.o_form_view:not(:has(.o_sozial_save)) ${"[name=user_id]"}` },
        back,
        { content: "agreed beside the single ones", trigger: `${IDLE} .o_data_row:contains(Seite 4) td[name=singles]:contains(: 3 · )` },
        back,
        { content: "the own sheet as it was", trigger: `${IDLE} ${field("score_ids")} .o_data_row:contains(Erfahrung) td[name=score]:contains(3)` },
    ],
});

// The officer finishes the review.
tours.add("sozial_call_ranking_tour", { steps: () => [openCall, button("action_close_review"), sure, state("reviewed")] });

const award = (lot, ...steps) => [row(lot), ...steps, back, { content: "the list again", trigger: `${IDLE} .o_list_view` }];

// A second person approves both lots.
tours.add("sozial_call_approve_tour", {
    steps: () => [
        ...award(
            "Los 1",
            { content: "who is first", trigger: `${field("place_ids")} .o_data_row:first:contains(Caritasverband)` },
            button("action_approve"),
            sure,
            state("approved")
        ),
        ...award("Los 2", button("action_approve"), sure, state("informed")),
    ],
});

// The officer reads the letter, sends it; the waiting period begins.
tours.add("sozial_call_letters_tour", {
    steps: () => [
        row("Los 1"),
        tab("letters"),
        { content: "the letter to who is not chosen", trigger: `${field("letter_ids")} .o_data_row:contains(Nachbarn helfen)` },
        button("action_send_letters"),
        sure,
        state("informed"),
        button("action_award"),
        { content: "too early", trigger: ".modal .modal-body:contains(Los 1)" },
        click("understood", ".modal footer .btn-primary"),
        state("informed"),
    ],
});

// After the waiting period: award, and the file is closed.
tours.add("sozial_call_award_tour", {
    steps: () => [
        ...award("Los 1", button("action_award"), state("awarded")),
        ...award("Los 2", button("action_award"), state("awarded")),
    ],
});
tours.add("sozial_call_conclude_tour", {
    steps: () => [
        openCall,
        state("decided"),
        button("action_conclude"),
        state("concluded"),
        click("verify the file", "button[name=action_verify_record]"),
        { content: "it is whole", trigger: ".o_notification.border-success, .o_notification:has(.bg-success)" },
    ],
});
