import { registry } from "@web/core/registry";

// A visitor on a phone looks for help, opens an offer and asks to be called back.
registry.category("web_tour.tours").add("sozial_catalogue_tour", {
    steps: () => [
        {
            content: "look for a word",
            trigger: "#filter_suche",
            run: "edit letters",
        },
        {
            content: "show what fits",
            trigger: ".o_sozial_filters button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "only the fitting offer is left",
            trigger: ".o_sozial_count:contains('1')",
        },
        {
            content: "open it",
            trigger: ".o_sozial_offer h3 a:contains('Rent-debt counselling')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "ask for a call",
            trigger: ".o_sozial_facts a[href$='/rueckruf']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "send too early",
            trigger: ".o_sozial_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the name is missing, and the page says so",
            trigger: "#callback_errors a[href='#callback_name']",
        },
        {
            content: "name",
            trigger: "#callback_name",
            run: "edit Erna Example",
        },
        {
            content: "phone",
            trigger: "#callback_phone",
            run: "edit 0531 123456",
        },
        {
            content: "send",
            trigger: ".o_sozial_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "thanked",
            trigger: "h1:contains('Thank you')",
        },
    ],
});
