import { registry } from "@web/core/registry";

const page = ".o_sozial_centre_day";

// Staff sees who comes, checks a group in, and hangs up a notice.
registry.category("web_tour.tours").add("sozial_centre_day_tour", {
    steps: () => [
        { content: "the choir comes into the kitchen", trigger: `${page} .o_sozial_room:contains(Küche) li:contains(Chorprobe):contains(Chor Nord)` },
        { content: "it is here", trigger: `${page} li:contains(Chorprobe) .o_sozial_check_in`, run: "click" },
        { content: "everybody sees it", trigger: `${page} li:contains(Chorprobe):not(:has(.o_sozial_check_in)) .badge.text-bg-success` },
        { content: "other rooms are free", trigger: `${page} p:contains(Links)` },
        { content: "something to tell colleagues", trigger: `${page} .o_sozial_notice`, run: "click" },
        { content: "in a sentence", trigger: ".modal .o_field_widget[name=text] input", run: "edit Der Aufzug steht still." },
        { content: "hang it up", trigger: ".modal .o_form_button_save", run: "click" },
        { content: "it hangs there", trigger: `${page}:not(:has(.modal)) [aria-labelledby=sozial_notices]:contains(Aufzug)` },
        { content: "tomorrow", trigger: `${page} .o_sozial_next`, run: "click" },
        { content: "and back", trigger: `${page} .o_sozial_today:enabled`, run: "click" },
        { content: "today again", trigger: `${page} li:contains(Chorprobe)` },
    ],
});
