import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const REMEMBERED = "sozial_centre_day";

/** One screen for Monday morning in the centre: who comes, rooms, keys, deposits, noticeboard, set-up. */
export class CentreDay extends Component {
    static template = "sozial_management_room.CentreDay";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.page = useState({ rooms: [], open: {} });
        onWillStart(() => this.load(Number(browser.localStorage.getItem(REMEMBERED)) || false, false));
    }

    async load(centre = this.page.centre_id, day = this.page.day) {
        const page = await this.orm.call("sozial.centre.day", "get_day", [centre, day]);
        Object.assign(this.page, page, { open: {} });
    }

    chooseCentre(id) {
        browser.localStorage.setItem(REMEMBERED, id);
        return this.load(Number(id), this.page.day);
    }

    turn(days) {
        return this.load(this.page.centre_id, deserializeDate(this.page.day).plus({ days }).toISODate());
    }

    get isToday() {
        return this.page.day === this.page.today;
    }

    get dayText() {
        return deserializeDate(this.page.day).toLocaleString({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
    }

    get busy() {
        return this.page.rooms.filter((room) => room.rows.length);
    }

    get free() {
        return this.page.rooms.filter((room) => !room.rows.length);
    }

    get openSteps() {
        return (this.page.set_up || []).filter((step) => !step.done);
    }

    get doors() {
        return this.page.rooms.filter((room) => room.door);
    }

    /** Local times of the centre, whatever zone the browser is in. */
    when(value) {
        return luxon.DateTime.fromISO(value).toLocaleString({ weekday: "short", day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" });
    }

    date(value) {
        return formatDate(deserializeDate(value));
    }

    key(row) {
        return row.booking ? `b${row.booking}` : `s${row.session}`;
    }

    state(row) {
        return {
            requested: _t("Requested"),
            suspended: _t("Suspended"),
            cancelled: _t("Does not take place"),
            no_show: _t("Not used"),
        }[row.state];
    }

    toggle(row) {
        this.page.open[this.key(row)] = !this.page.open[this.key(row)];
    }

    openRow(row) {
        return row.session ? this.openForm("sozial.activity.session", row.session) : this.openForm("sozial.room.booking", row.booking);
    }

    openForm(model, id, context = {}) {
        return this.action.doAction({ type: "ir.actions.act_window", res_model: model, res_id: id, views: [[false, "form"]], context });
    }

    /** What a button of a record opens; afterwards the page is read anew. */
    async press(model, method, id) {
        const action = await this.orm.call(model, method, [[id]]);
        if (action && action.type) {
            return this.action.doAction(action, { onClose: () => this.load() });
        }
        return this.load();
    }

    sheet(id) {
        return this.press("sozial.activity.session", "action_attendance", id);
    }

    newNotice() {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("New notice"),
                res_model: "sozial.centre.notice",
                views: [[false, "form"]],
                target: "new",
                context: { default_centre_id: this.page.centre_id },
            },
            { onClose: () => this.load() }
        );
    }

    run(action, options) {
        return this.action.doAction(action, options);
    }

    runHere(action) {
        return this.run(action, { additionalContext: { default_centre_id: this.page.centre_id } });
    }

    newCentre() {
        return this.openForm("sozial.centre", false);
    }
}

registry.category("actions").add("sozial_centre_day", CentreDay);
