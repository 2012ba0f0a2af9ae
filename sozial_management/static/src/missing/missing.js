import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";

/** What is missing before the next phase of a case, each with the buttons that open its place. */
export class MissingDialog extends Component {
    static template = "sozial_management.MissingDialog";
    static components = { Dialog };
    static props = { title: String, problems: Array, choose: Function, close: Function };

    open(way) {
        this.props.choose(way.method);
        this.props.close();
    }
}

/**
 * Shows the dialog and goes on with the place that was chosen. The form behind it is read
 * again when that place is left: the promise is the end of the button's own action.
 */
function showMissing(env, { params }) {
    const { title, problems, case_id } = params;
    return new Promise((resolve, reject) => {
        let method = null;
        const goOn = () =>
            method
                ? env.services.orm.call("sozial.case", method, [[case_id]]).then(resolve, reject)
                : resolve({ type: "ir.actions.act_window_close" });
        const choose = (chosen) => (method = chosen);
        env.services.dialog.add(MissingDialog, { title, problems, choose }, { onClose: goOn });
    });
}

registry.category("actions").add("sozial_case_missing", showMissing);
