import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const TITLE = "Nachbarschaft Nord";
const go = (content, trigger) => ({ content, trigger, run: "click", expectUnloadPage: true });

function nothingSticksOut() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`the page is ${page.scrollWidth} px wide on a screen of ${page.clientWidth} px`);
    }
}

function choosePdf() {
    const chosen = new DataTransfer();
    chosen.items.add(new File(["%PDF-1.7\ntrailer\n%%EOF\n"], "Konzept.pdf", { type: "application/pdf" }));
    this.anchor.files = chosen.files;
    this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
}

const openCall = go("the call", `.list-group-item:contains(${TITLE})`);
const takePart = go("take part", "a[href*='/my/submissions/start/']");
const begin = (lot) => go(`begin ${lot}`, `.list-group-item:contains(${lot}) .o_submission_start`);
const answers = (words) =>
    ["who", "idea", "for_whom", "team", "needs", "experience"].map((key) => ({
        content: `answer ${key}`,
        trigger: `#answer_${key}`,
        run: `edit ${words}: ${key}`,
    }));
const handIn = go("hand in", ".o_submission_hand_in");
const fits = (content, trigger) => ({ content, trigger, run: nothingSticksOut });

tours.add("sozial_call_ask_tour", {
    steps: () => [
        openCall,
        { content: "the question", trigger: "#question", run: "edit Wir Caritas fragen: Ist der Raum barrierefrei?" },
        go("ask", ".o_call_ask"),
        { content: "it has arrived", trigger: ".alert-success[role=status]" },
        { content: "it waits", trigger: "li:contains(barrierefrei)" },
    ],
});

// At a desk: both lots, with a file.
tours.add("sozial_call_apply_both_tour", {
    steps: () => [
        openCall,
        { content: "the answer stands there for all", trigger: ".o_sozial_call_notice:contains(Ja, im Erdgeschoss.)" },
        takePart,
        begin("Los 1"),
        { content: "what is missing is said", trigger: ".alert li:nth-child(6)" },
        ...answers("Caritas Los 1"),
        { content: "a file", trigger: "#files", run: choosePdf },
        go("go on later", "button.btn-light[type=submit]"),
        { content: "the file is kept", trigger: ".list-group-item:contains(Konzept.pdf)" },
        { content: "complete", trigger: "form:not(:has(.alert li a))" },
        handIn,
        { content: "the receipt", trigger: ".o_submission_receipt" },
        go("the other lot", ".o_submission_other_lots"),
        begin("Los 2"),
        ...answers("Caritas Los 2"),
        handIn,
        { content: "the second receipt", trigger: ".o_submission_receipt" },
    ],
});

// On a phone: one lot, six short answers.
tours.add("sozial_call_apply_phone_tour", {
    steps: () => [
        fits("the list of calls", `.list-group-item:contains(${TITLE})`),
        openCall,
        fits("the call", "#question, .o_sozial_call_notice"),
        takePart,
        fits("the lots", ".o_submission_start"),
        begin("Los 1"),
        fits("the form", "#answer_who"),
        ...answers("Verein"),
        handIn,
        fits("the receipt", ".o_submission_receipt"),
    ],
});

// Begun in time, complete a millionth of a second too late.
tours.add("sozial_call_late_tour", {
    steps: () => [
        openCall,
        takePart,
        begin("Los 2"),
        ...answers("Turnverein"),
        handIn,
        { content: "refused, and explained", trigger: ".o_submission_late:contains(17.03.2090)" },
        { content: "what was typed is still there, to be copied", trigger: "#answer_idea:value(Turnverein: idea)" },
        { content: "nothing was handed in", trigger: "body:not(:has(.o_submission_receipt))" },
    ],
});
