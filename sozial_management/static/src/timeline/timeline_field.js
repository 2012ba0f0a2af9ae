import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const { DateTime } = luxon;

/** The tenancies of a dwelling as bars over the years; gaps between them show the vacancies. */
export class TimelineField extends Component {
    static template = "sozial_management.TimelineField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    /** Tenancies, oldest first, with their place on the axis in percent. */
    get bars() {
        const { first, span } = this.range;
        return this.tenancies.map((tenancy) => {
            const end = tenancy.end || this.today;
            const left = (100 * tenancy.start.diff(first).milliseconds) / span;
            const width = (100 * end.diff(tenancy.start).milliseconds) / span;
            return { ...tenancy, style: `left: ${left}%; width: ${Math.max(width, 0.8)}%` };
        });
    }

    get tenancies() {
        return this.props.record.data[this.props.name].records
            .map(({ resId, data }) => ({
                id: resId,
                name: data.partner_id?.display_name || "",
                start: data.date_start,
                end: data.date_end,
                state: data.state,
                period: _t("%(start)s to %(end)s", {
                    start: formatDate(data.date_start),
                    end: data.date_end ? formatDate(data.date_end) : _t("today"),
                }),
            }))
            .filter((tenancy) => tenancy.start)
            .sort((a, b) => a.start - b.start);
    }

    get today() {
        return DateTime.now().startOf("day");
    }

    get range() {
        const starts = this.tenancies.map((tenancy) => tenancy.start);
        const ends = this.tenancies.map((tenancy) => tenancy.end || this.today);
        const first = DateTime.min(...starts).startOf("year");
        const last = DateTime.max(this.today, ...ends).endOf("year");
        return { first, last, span: last.diff(first).milliseconds };
    }

    /** At most eight year marks, evenly spread. */
    get marks() {
        const { first, last, span } = this.range;
        const years = last.year - first.year + 1;
        const step = Math.ceil(years / 8);
        const marks = [];
        for (let year = first.year; year <= last.year; year += step) {
            const left = (100 * DateTime.local(year).diff(first).milliseconds) / span;
            marks.push({ year, style: `left: ${left}%` });
        }
        return marks;
    }

    open(tenancy) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "sozial.tenancy",
            res_id: tenancy.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("sozial_timeline", {
    component: TimelineField,
    displayName: _t("Tenancies over time"),
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "partner_id", type: "many2one", relation: "res.partner" },
        { name: "date_start", type: "date" },
        { name: "date_end", type: "date" },
        { name: "state", type: "selection" },
    ],
});
