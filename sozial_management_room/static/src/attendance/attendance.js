import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";

/** The attendance sheet of one session: tick names, count guests, save once. Made for one thumb. */
export class AttendanceSheet extends Component {
    static template = "sozial_management_room.AttendanceSheet";
    static components = { Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.sessionId = this.props.action?.params?.session_id || this.props.resId || this.props.action?.context?.active_id;
        this.sheet = useState({ groups: [], roles: [], named: [], known: [], counts: {}, modes: [] });
        this.view = useState({ loaded: false, saving: false, changed: false, newName: "", search: "", tally: null, all: false });
        this.marks = useState({ ticked: {}, removed: {}, changed: {} });
        onWillStart(() => this.sessionId && this.reload());
        // the address names the session, so that the sheet comes back when the page is loaded anew
        onMounted(() => this.sessionId && this.props.updateActionState?.({ resId: this.sessionId }));
        useSetupAction({
            beforeLeave: () => this.saveChanges(),
            beforeUnload: (ev) => this.view.changed && ev.preventDefault(),
        });
    }

    take(sheet) {
        Object.assign(this.sheet, sheet);
        this.seen = JSON.parse(JSON.stringify(sheet.counts));
        Object.assign(this.marks, { ticked: {}, removed: {}, changed: {} });
        Object.assign(this.view, { loaded: true, saving: false, changed: false });
    }

    /** People of one role: who is on the list first, then who may be ticked. */
    people(role) {
        const wanted = this.view.search.trim().toLowerCase();
        const fits = (line) => line.role === role && (!wanted || line.name.toLowerCase().includes(wanted));
        const named = this.sheet.named.filter(fits).map((line) => ({ key: `n${line.id}`, line, on: !this.marks.removed[line.id] }));
        const known = this.sheet.known
            .map((line, index) => ({ key: `k${index}`, line, index, on: Boolean(this.marks.ticked[index]) }))
            .filter(({ line }) => fits(line));
        return [...named, ...known];
    }

    toggle(one) {
        if (this.sheet.locked) {
            return;
        }
        const marks = one.line.id ? this.marks.removed : this.marks.ticked;
        const key = one.line.id || one.index;
        marks[key] = !marks[key];
        this.view.changed = true;
    }

    setGroup(one, group) {
        one.line.age_group = group;
        if (one.line.id) {
            this.marks.changed[one.line.id] = { id: one.line.id, age_group: group };
        }
        this.view.changed = true;
    }

    add() {
        const name = this.view.newName.trim();
        if (!name) {
            return;
        }
        this.sheet.known.push({ id: false, name, partner_id: false, volunteer_id: false, role: "participant", age_group: "adults" });
        this.marks.ticked[this.sheet.known.length - 1] = true;
        Object.assign(this.view, { newName: "", search: "", changed: true });
    }

    step(role, group, by) {
        const cell = this.sheet.counts[role];
        cell[group] = Math.max(0, cell[group] + by);
        this.view.changed = true;
    }

    setCount(role, group, text) {
        const number = Number(text);
        this.sheet.counts[role][group] = Number.isInteger(number) && number >= 0 ? number : 0;
        this.view.changed = true;
    }

    setMode(mode) {
        this.sheet.mode = mode;
        this.view.changed = true;
    }

    get listed() {
        const stay = this.sheet.named.filter((line) => !this.marks.removed[line.id]).length;
        return stay + Object.values(this.marks.ticked).filter(Boolean).length;
    }

    get counted() {
        return Object.values(this.sheet.counts).reduce(
            (sum, groups) => sum + Object.values(groups).reduce((one, number) => one + number, 0), 0
        );
    }

    get total() {
        return this.sheet.mode === "everybody" ? this.counted : this.listed + this.counted;
    }

    get summary() {
        return _t("People: %(total)s (%(listed)s on the list, %(counted)s counted)", {
            total: this.total, listed: this.listed, counted: this.counted,
        });
    }

    async save() {
        const values = {
            mode: this.sheet.mode,
            add: this.sheet.known.filter((_line, index) => this.marks.ticked[index]),
            remove: this.sheet.named.filter((line) => this.marks.removed[line.id]).map((line) => line.id),
            change: Object.values(this.marks.changed).filter((line) => !this.marks.removed[line.id]),
            counts: this.sheet.counts,
            seen: this.seen,
        };
        this.view.saving = true;
        try {
            const answer = await this.orm.call("sozial.activity.session", "save_attendance", [this.sessionId, values]);
            const away = this.sheet.named.filter((line) => this.marks.removed[line.id]).map((line) => ({ ...line, id: false }));
            const known = this.sheet.known.filter((_line, index) => !this.marks.ticked[index]);
            this.take({ ...answer, known: [...away, ...known] });
            this.notification.add(_t("Saved: %s", this.summary), { type: "success" });
        } finally {
            this.view.saving = false;
        }
    }

    /** Nothing that was entered gets lost by going on. */
    saveChanges() {
        return this.view.changed ? this.save() : undefined;
    }

    async tally() {
        this.view.tally = await this.orm.call("sozial.activity.session", "action_tally_link", [this.sessionId]);
    }

    async showCounted() {
        await this.saveChanges();
        await this.reload();
    }

    async reload() {
        this.take(await this.orm.call("sozial.activity.session", "get_attendance", [this.sessionId]));
    }

    async correct() {
        const action = await this.orm.call("sozial.activity.session", "action_correct_count", [this.sessionId]);
        await this.action.doAction(action, { onClose: () => this.reload() });
    }
}

registry.category("actions").add("sozial_attendance", AttendanceSheet);
