import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";

/** What is missing before the next phase of a case, each with the buttons that open its place. */
export class MissingDialog extends Component {
    static template = "sozial_management.MissingDialog";
    static components = { Dialog };
    static props = { title: String, problems: Array, choose: Function, close: Function };

    open(way) {
        this.props.choose(way.action);
        this.props.close();
    }
}

/**
 * Shows the dialog and goes on with the place that was chosen. The form behind it is read
 * again when that place is left: the promise is the end of the button's own action.
 */
function showMissing(env, { params }) {
    return new Promise((resolve) => {
        let chosen = { type: "ir.actions.act_window_close" };
        env.services.dialog.add(
            MissingDialog,
            { ...params, choose: (action) => (chosen = action) },
            { onClose: () => resolve(chosen) }
        );
    });
}

registry.category("actions").add("sozial_case_missing", showMissing);
