import { registry } from "@web/core/registry";

const CSV = [
    "Vertragsnummer;Mieternummer;VE-Nr.;Nachname;Vorname;Straße;Hausnummer;PLZ;Ort;Nettokaltmiete;Vertragsbeginn;Saldo",
    "T-1;TM1;TW1;Krause;Helga;Tourweg;1;99734;Nordhausen;350,00;01.02.2010;0,00",
    "T-2;TM2;TW2;Öztürk;Mehmet;Tourweg;1;99734;Nordhausen;viel;01.02.2011;0,00",
    "T-3;TM3;TW3;Böhm;Ingeborg;Tourweg;2;99734;Nordhausen;410,50;01.02.2012;-120,00",
].join("\r\n");

registry.category("web_tour.tours").add("sozial_import_tour", {
    steps: () => [
        {
            content: "the list is open",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "choose the file",
            trigger: ".o_field_widget[name=file] input[type=file]:not(:visible), .o_field_widget[name=file] input[type=file]",
            run({ anchor }) {
                const transfer = new DataTransfer();
                transfer.items.add(new File([CSV], "mieterliste.csv", { type: "text/csv" }));
                anchor.files = transfer.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        {
            content: "the columns are recognised in the next step",
            trigger: "button[name=action_read]:not(:disabled)",
            run: "click",
        },
        {
            content: "the preview names the error of row 3",
            trigger: ".o_sozial_import_preview tr.table-danger:contains(viel)",
        },
        {
            content: "the columns can be looked at",
            trigger: ".o_notebook .nav-link[name=columns]",
            run: "click",
        },
        {
            content: "the column of the contract number was guessed",
            trigger: ".o_field_widget[name=column_ids] .o_data_row:contains(Vertragsnummer)",
        },
        {
            content: "start",
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            content: "it runs in the background and is done without a reload",
            trigger: ".o_statusbar_status .o_arrow_button_current[data-value=done]",
            timeout: 60000,
        },
        {
            content: "two are new",
            trigger: ".o_field_widget[name=count_created]:contains(2)",
        },
        {
            content: "the rejected row stands there with its reason",
            trigger: ".o_notebook .nav-link[name=rejected]",
            run: "click",
        },
        {
            content: "the reason names the value",
            trigger: ".o_field_widget[name=row_ids] .o_data_row:contains(viel)",
        },
        {
            content: "the report can be downloaded",
            trigger: ".o_field_widget[name=report] a, .o_field_widget[name=report]",
        },
    ],
});
