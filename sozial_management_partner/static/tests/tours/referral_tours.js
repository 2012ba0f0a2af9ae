import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const IDLE = "body:not(:has(.modal))";
const NEED = "Hilfe bei drei Stromrechnungen";
const click = (content, trigger) => ({ content, trigger, run: "click" });
const go = (content, trigger) => ({ content, trigger, run: "click", expectUnloadPage: true });
const button = (name) => click(`button ${name}`, `${IDLE} .o_form_view button[name=${name}]`);
const sure = click("sure", ".modal footer .btn-primary");
const state = (value) => ({ content: `now it is ${value}`, trigger: `${IDLE} .o_statusbar_status .o_arrow_button_current[data-value=${value}]` });
const tab = (name) => click(`page ${name}`, `.o_notebook .nav-link[name=${name}]`);

function nothingSticksOut() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`the page is ${page.scrollWidth} px wide on a screen of ${page.clientWidth} px`);
    }
}
const fits = (content, trigger) => ({ content, trigger, run: nothingSticksOut });
const openReferral = go("the referral", ".list-group-item[href*='/my/referrals/']");
const step = (value) => go(`step ${value}`, `form:has(input[name=state][value=${value}]) button`);

// The social worker: four clicks from the case, the preview before the fourth.
tours.add("sozial_referral_send_tour", {
    steps: () => [
        tab("referrals"),
        button("action_new_referral"),
        { content: "which partner", trigger: ".o_field_widget[name=partner_id] input", run: "edit Caritas" },
        click("the one that is proposed, with its reasons", ".o-autocomplete--dropdown-item:contains(Caritas):has(.text-muted)"),
        { content: "the need", trigger: ".o_field_widget[name=need] textarea", run: `edit ${NEED}` },
        click("save", ".o_form_button_save:visible"),
        { content: "as the partner will see it", trigger: `.o_field_widget[name=preview]:contains(${NEED})` },
        button("action_send"),
        sure,
        state("sent"),
    ],
});

// The partner on a phone.
tours.add("sozial_referral_accept_tour", {
    steps: () => [
        fits("the list", ".list-group-item[href*='/my/referrals/']"),
        openReferral,
        fits("the referral", `.card:contains(${NEED})`),
        { content: "no name yet", trigger: "body:not(:contains(Sorgenfrei))" },
        go("accept", ".o_referral_accept"),
        fits("now the name", ".card:contains(Sorgenfrei)"),
        step("contact"),
        { content: "write", trigger: "#referral_body", run: "edit Passt Dienstag um zehn?" },
        go("send the message", "form:has(#referral_body) button"),
        { content: "it stands there", trigger: ".border:contains(Passt Dienstag um zehn?)" },
    ],
});

tours.add("sozial_referral_reply_tour", {
    steps: () => [
        state("contact"),
        tab("messages"),
        { content: "the message", trigger: ".o_field_widget[name=conversation]:contains(Passt Dienstag um zehn?)" },
        { content: "answer", trigger: ".o_field_widget[name=reply] textarea", run: "edit Ja, im Treff." },
        button("action_reply"),
        { content: "it is sent", trigger: ".o_field_widget[name=conversation]:contains(Ja, im Treff.)" },
    ],
});

tours.add("sozial_referral_help_tour", {
    steps: () => [
        openReferral,
        { content: "the answer", trigger: ".border:contains(Ja, im Treff.)" },
        step("help"),
        { content: "in help", trigger: "form:has(input[name=state][value=completed])" },
    ],
});

tours.add("sozial_referral_revoke_tour", {
    steps: () => [
        button("action_revoke"),
        sure,
        { content: "revoked", trigger: `${IDLE} .o_form_view:not(:has(button[name=action_revoke]:visible))` },
    ],
});

tours.add("sozial_referral_deleted_tour", {
    steps: () => [
        openReferral,
        fits("nothing is left", ".alert-info"),
        { content: "neither need nor name", trigger: `body:not(:contains(Sorgenfrei)):not(:contains(${NEED}))` },
        go("deleted", "form[action$='/deleted'] button"),
        { content: "confirmed", trigger: "body:not(:has(form[action$='/deleted']))" },
    ],
});

tours.add("sozial_referral_complete_tour", {
    steps: () => [
        openReferral,
        go("accept", ".o_referral_accept"),
        step("completed"),
        { content: "over", trigger: ".alert-info" },
    ],
});
