import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** First hours on a company's own database: four steps, the roles, and what an uninstallation removes. */
export class SozialStart extends Component {
    static template = "sozial_management.Start";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ start: {}, roles: null, search: "" });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.start = await this.orm.call("sozial.start", "get_start", []);
    }

    get doneLabel() {
        return _t("done");
    }

    get openLabel() {
        return _t("still to do");
    }

    get doneCount() {
        return this.state.start.steps.filter((step) => step.done).length;
    }

    run(xmlid) {
        return this.action.doAction(xmlid);
    }

    async confirmKinds() {
        this.state.start = await this.orm.call("sozial.start", "action_confirm_kinds", []);
    }

    async loadRoles() {
        this.state.roles = await this.orm.call("sozial.start", "get_roles", [this.state.search]);
    }

    async toggleRoles() {
        if (this.state.roles) {
            this.state.roles = null;
        } else {
            await this.loadRoles();
        }
    }

    async setRole(user, role, ev) {
        try {
            await this.orm.call("sozial.start", "set_role", [user.id, role.id, ev.target.checked]);
        } finally {
            await Promise.all([this.loadRoles(), this.load()]);
        }
    }
}

registry.category("actions").add("sozial_start", SozialStart);
