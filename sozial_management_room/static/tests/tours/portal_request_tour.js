import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function nothingSticksOut() {
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`the page is ${page.scrollWidth} px wide on a phone of ${page.clientWidth} px`);
    }
}

const typed = (value) =>
    function () {
        this.anchor.value = value;
        this.anchor.dispatchEvent(new Event("input", { bubbles: true }));
        this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
    };

// On a phone: somebody of an organisation looks for a room, is told that it is taken, and asks for another time.
tours.add("sozial_room_portal_request_tour", {
    steps: () => [
        { content: "a phone", trigger: "form[action='/my/rooms']", run: nothingSticksOut },
        { content: "the day", trigger: "form[action='/my/rooms'] input[name=day]", run: typed("2027-03-01") },
        { content: "for how many", trigger: "form[action='/my/rooms'] input[name=persons]", run: "edit 15" },
        {
            content: "look",
            trigger: "form[action='/my/rooms'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "choose the left half",
            trigger: ".list-group a:contains(Links)",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "the page of the room fits the phone", trigger: "#form_name", run: nothingSticksOut },
        { content: "the day came along", trigger: "#form_day:value(2027-03-01)" },
        { content: "from", trigger: "#form_start", run: typed("10:30") },
        { content: "until", trigger: "#form_stop", run: typed("12:00") },
        { content: "what for", trigger: "#form_name", run: "edit Chorprobe" },
        { content: "persons came along", trigger: "#form_persons:value(15)" },
        { content: "ask", trigger: ".o_room_submit", run: "click", expectUnloadPage: true },
        { content: "it is taken, and the room is named", trigger: ".alert-danger:contains(Links)", run: nothingSticksOut },
        { content: "what was typed is still there", trigger: "#form_name:value(Chorprobe)" },
        { content: "later, then", trigger: "#form_start", run: typed("18:00") },
        { content: "until", trigger: "#form_stop", run: typed("20:00") },
        { content: "ask again", trigger: ".o_room_submit", run: "click", expectUnloadPage: true },
        { content: "the request has arrived", trigger: ".alert-success[role=status]", run: nothingSticksOut },
        { content: "it waits for an answer", trigger: ".badge.text-bg-warning" },
    ],
});

// At a desk: the centre management finds the request and approves it.
tours.add("sozial_room_approve_tour", {
    steps: () => [
        { content: "the request of the choir", trigger: ".o_kanban_record:contains(Chorprobe)", run: "click" },
        { content: "who asks", trigger: ".o_form_view .o_field_widget[name=partner_id] input:value(/Chor Nord/)" },
        {
            content: "it is not approved yet",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=requested]",
        },
        { content: "approve", trigger: ".o_form_statusbar button[name=action_confirm]", run: "click" },
        { content: "approved", trigger: ".o_statusbar_status .o_arrow_button_current[data-value=confirmed]" },
    ],
});
