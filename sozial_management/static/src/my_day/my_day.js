import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** One screen for a social worker in the morning: appointments, deadlines, inbox, cases that wait. */
export class MyDay extends Component {
    static template = "sozial_management.MyDay";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.day = useState({});
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.day, await this.orm.call("sozial.my.day", "get_my_day", []));
    }

    get greeting() {
        const hour = luxon.DateTime.now().hour;
        const name = this.day.user;
        if (hour < 11) {
            return _t("Good morning, %s", name);
        }
        return hour < 18 ? _t("Hello, %s", name) : _t("Good evening, %s", name);
    }

    get today() {
        return luxon.DateTime.now().toLocaleString({
            weekday: "long",
            day: "numeric",
            month: "long",
            year: "numeric",
        });
    }

    clock(row) {
        return row.allday
            ? _t("all day")
            : deserializeDateTime(row.start).toLocaleString(luxon.DateTime.TIME_SIMPLE);
    }

    date(value) {
        return formatDate(deserializeDate(value));
    }

    lastContact(row) {
        return row.last_contact
            ? _t("last contact %s", formatDate(deserializeDateTime(row.last_contact)))
            : _t("no contact yet");
    }

    due(row) {
        if (row.today) {
            return _t("today");
        }
        return this.date(row.due);
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openCases(name, domain, model = "sozial.case") {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    run(xmlid, options) {
        return this.action.doAction(xmlid, options);
    }

    newCase() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sozial.case",
            views: [[false, "form"]],
        });
    }

    newNote() {
        return this.action.doAction("sozial_management.action_sozial_contact_new", {
            onClose: () => this.load(),
        });
    }

    noteOn(caseId) {
        return this.action.doAction("sozial_management.action_sozial_contact_new", {
            additionalContext: { default_case_id: caseId },
            onClose: () => this.load(),
        });
    }

    async noteOnEvent(row) {
        const action = await this.orm.call("calendar.event", "action_write_note", [[row.id]]);
        return this.action.doAction(action, { onClose: () => this.load() });
    }

    async take(row) {
        await this.action.doAction(await this.orm.call("sozial.handover", "action_take", [row.id]));
    }

    async done(row) {
        await this.orm.call("sozial.case.step", "action_done", [[row.id]]);
        await this.load();
    }

    get reviewTitle() {
        return _t("Review due");
    }

    get consentTitle() {
        return _t("Consents that expire within 30 days");
    }

    get staleTitle() {
        return _t("Long without contact");
    }
}

registry.category("actions").add("sozial_my_day", MyDay);
