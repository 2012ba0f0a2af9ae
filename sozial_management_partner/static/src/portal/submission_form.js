import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const PAUSE = 1500;

/**
 * Keeps a draft while somebody types. Without this script the button does the same.
 */
export class SubmissionForm extends Interaction {
    static selector = ".o_sozial_submission_form[data-save]";
    dynamicContent = {
        _root: {
            "t-on-input": this.onInput,
            "t-on-submit": () => clearTimeout(this.timer),
        },
    };

    onInput() {
        clearTimeout(this.timer);
        this.timer = this.waitForTimeout(() => this.save(), PAUSE);
    }

    async save() {
        const data = new FormData(this.el);
        data.delete("files");
        data.append("quiet", "1");
        let problem;
        try {
            const answer = await this.waitFor(fetch(this.el.dataset.save, { method: "POST", body: data }));
            problem = answer.ok ? (await this.waitFor(answer.json())).problem : String(answer.status);
        } catch (error) {
            problem = error.message;
        }
        const saved = this.el.querySelector(".o_submission_saved");
        const unsaved = this.el.querySelector(".o_submission_unsaved");
        saved.classList.toggle("d-none", Boolean(problem));
        unsaved.classList.toggle("d-none", !problem);
        unsaved.textContent = problem || "";
    }
}

registry.category("public.interactions").add("sozial_management_partner.submission_form", SubmissionForm);
