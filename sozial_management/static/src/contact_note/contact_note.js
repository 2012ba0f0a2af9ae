import { onMounted, onWillUnmount } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { deserializeDateTime, formatDateTime, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

const EVERY = 3000;

/**
 * A contact note that survives a lost session: every few seconds what is written goes to the server,
 * as a draft of this user in this case. The next time a note on the case is begun, it is offered.
 * Saving the note erases the draft there. Nothing stays in the browser.
 */
export class ContactNoteController extends formView.Controller {
    setup() {
        super.setup();
        this.asked = null; // the case whose draft was looked for
        this.kept = null; // what the server holds already
        this.pending = Promise.resolve();
        onMounted(() => {
            this.timer = setInterval(() => this.tick(), EVERY);
            this.tick();
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get caseId() {
        const record = this.model.root;
        return record && !record.resId && record.data.case_id ? record.data.case_id.id : null;
    }

    /** One step at a time: look for a draft of a newly chosen case, else keep what is written. */
    tick() {
        this.pending = this.pending.then(() => this.step()).catch(() => {});
        return this.pending;
    }

    async step() {
        const caseId = this.caseId;
        if (!caseId) {
            return;
        }
        if (this.asked !== caseId) {
            this.asked = caseId;
            const draft = await this.orm.call("sozial.contact.draft", "waiting", [caseId]);
            if (draft) {
                await this.offer(caseId, draft);
            }
            return;
        }
        if (!(await this.model.root.isDirty())) {
            return;
        }
        const values = this.values();
        const text = JSON.stringify(values);
        if (text !== this.kept && caseId === this.caseId) {
            await this.orm.silent.call("sozial.contact.draft", "keep", [caseId, values]);
            this.kept = text;
        }
    }

    values() {
        const { data } = this.model.root;
        return {
            date: data.date ? serializeDateTime(data.date) : false,
            medium: data.medium,
            reached: data.reached,
            minutes: data.minutes,
            travel_minutes: data.travel_minutes,
            partner_ids: data.partner_ids.currentIds,
            text: data.text || "",
        };
    }

    offer(caseId, draft) {
        const at = formatDateTime(deserializeDateTime(draft.at));
        return new Promise((resolve) => {
            this.dialogService.add(
                ConfirmationDialog,
                {
                    title: _t("Go on with your note?"),
                    body: _t("On %s you began a note on this case and did not save it.", at),
                    confirmLabel: _t("Go on"),
                    cancelLabel: _t("Forget it"),
                    confirm: () => this.restore(draft.values),
                    cancel: () => this.orm.call("sozial.contact.draft", "discard", [caseId]),
                },
                { onClose: resolve }
            );
        });
    }

    async restore({ date, partner_ids, ...values }) {
        const record = this.model.root;
        await record.update({ ...values, ...(date ? { date: deserializeDateTime(date) } : {}) });
        const missing = (partner_ids || []).filter((id) => !record.data.partner_ids.currentIds.includes(id));
        if (missing.length) {
            await record.data.partner_ids.addAndRemove({ add: missing });
        }
    }
}

registry.category("views").add("sozial_contact_form", { ...formView, Controller: ContactNoteController });
