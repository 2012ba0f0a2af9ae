import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The life areas of an assessment on one page: each with its described levels to choose from. */
export class LevelsField extends Component {
    static template = "sozial_management.LevelsField";
    static props = { ...standardFieldProps };

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    /** Choosing the chosen level again takes it away. */
    choose(line, field, value) {
        if (this.props.readonly) {
            return;
        }
        const chosen = line.data[field] === value ? false : value;
        const changes = { [field]: chosen };
        if (field === "score" && chosen) {
            changes.left_out = false;
        }
        return line.update(changes);
    }

    leaveOut(line, ev) {
        return line.update(ev.target.checked ? { left_out: true, score: false } : { left_out: false });
    }

    note(line, ev) {
        return line.update({ note: ev.target.value });
    }
}

registry.category("fields").add("sozial_levels", {
    component: LevelsField,
    displayName: _t("Life areas with described levels"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "area_id", type: "many2one", relation: "sozial.life.area" },
        { name: "question", type: "text", readonly: true },
        { name: "scale", type: "json", readonly: true },
        { name: "score", type: "selection", selection: [], readonly: false },
        { name: "own_score", type: "selection", selection: [], readonly: false },
        { name: "previous_score", type: "selection", selection: [], readonly: true },
        { name: "left_out", type: "boolean", readonly: false },
        { name: "note", type: "text", readonly: false },
    ],
});

/** The scores of an assessment as bars: now, before, and where the client sees themselves. */
export class AssessmentChart extends Component {
    static template = "sozial_management.AssessmentChart";
    static props = { ...standardFieldProps };

    get rows() {
        return (this.chart.rows || []).filter((row) => row.now || row.before || row.own);
    }

    get chart() {
        return this.props.record.data[this.props.name] || {};
    }

    /** What a screen reader says of a row. */
    label(row) {
        return _t("%(area)s: now %(now)s, before %(before)s, own view %(own)s", {
            area: row.area,
            now: row.now || "–",
            before: row.before || "–",
            own: row.own || "–",
        });
    }
}

registry.category("fields").add("sozial_assessment_chart", {
    component: AssessmentChart,
    displayName: _t("Assessment as bars"),
    supportedTypes: ["json"],
});
