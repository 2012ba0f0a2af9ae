import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const SECONDS = 2;

/** Progress of an import: a bar that reads the record again while the import runs. */
export class ImportProgress extends Component {
    static template = "sozial_management.ImportProgress";
    static props = { ...standardFieldProps };

    setup() {
        this.timer = null;
        useEffect(
            (state) => {
                clearTimeout(this.timer);
                if (state === "running") {
                    this.timer = setTimeout(() => this.props.record.load(), SECONDS * 1000);
                }
            },
            () => [this.props.record.data.state, this.props.record.data, {}]
        );
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get percent() {
        return Math.round(this.props.record.data[this.props.name] || 0);
    }
}

registry.category("fields").add("sozial_import_progress", {
    component: ImportProgress,
    supportedTypes: ["float", "integer"],
});
