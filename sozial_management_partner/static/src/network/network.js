import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** Who offers what where, where nothing is offered, and where referrals were declined or not answered. */
export class SozialNetwork extends Component {
    static template = "sozial_management_partner.Network";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({
            quarters: [], rows: [], quarter: 0, onlyGaps: false, chosen: null, periods: [], period: "", gaps: null,
            mayPrepare: false, maySeeGaps: false, withheld: false,
        });
        onWillStart(() => this.load());
    }

    async load() {
        const [procurement, lead] = await Promise.all(
            ["sozial_management_partner.group_sozial_procurement", "sozial_management.group_sozial_lead"].map((group) => user.hasGroup(group))
        );
        this.state.mayPrepare = procurement;
        this.state.maySeeGaps = procurement || lead;
        Object.assign(this.state, await this.orm.call("sozial.network", "get_matrix", []));
        if (this.state.maySeeGaps) {
            this.state.periods = await this.orm.call("sozial.network", "get_periods", []);
        }
    }

    isGap(cell) {
        return !cell.organisations.length && !cell.offers.length;
    }

    get shownQuarters() {
        return this.state.quarters
            .map((quarter, place) => ({ ...quarter, place }))
            .filter((quarter) => !this.state.quarter || quarter.id === this.state.quarter);
    }

    get shownRows() {
        const places = this.shownQuarters.map((quarter) => quarter.place);
        return this.state.rows.filter((row) => !this.state.onlyGaps || places.some((place) => this.isGap(row.cells[place])));
    }

    /** One tile a quarter: how many organisations and offers, how many topics without any. */
    get tiles() {
        return this.state.quarters.map((quarter, place) => {
            const cells = this.state.rows.map((row) => row.cells[place]);
            const names = (kind) => new Set(cells.flatMap((cell) => cell[kind].map((one) => one.id))).size;
            const gaps = cells.filter((cell) => this.isGap(cell)).length;
            const share = cells.length ? gaps / cells.length : 0;
            return { ...quarter, organisations: names("organisations"), offers: names("offers"), gaps, level: share > 0.5 ? 2 : share > 0.2 ? 1 : 0 };
        });
    }

    tileLabel(tile) {
        return _t("%(name)s: %(organisations)s organisations, %(offers)s offers, %(gaps)s topics without an offer", tile);
    }

    chooseQuarter(id) {
        this.state.quarter = this.state.quarter === id ? 0 : id;
        this.state.chosen = null;
    }

    choose(row, quarter) {
        this.state.chosen = { topic: row, quarter, cell: row.cells[quarter.place] };
    }

    get period() {
        return this.state.periods[parseInt(this.state.period)];
    }

    async loadGaps() {
        this.state.gaps = null;
        if (!this.period) {
            return;
        }
        const answer = await this.orm.call("sozial.network", "get_gaps", [this.period.year, this.period.quarter]);
        this.state.gaps = answer.rows;
        this.state.withheld = answer.withheld;
    }

    async prepare(topicId, quarterId) {
        const [year, quarter] = this.period ? [this.period.year, this.period.quarter] : [0, ""];
        const action = await this.orm.call("sozial.network", "action_prepare_call", [topicId, quarterId, year, quarter]);
        return this.action.doAction(action);
    }
}

registry.category("actions").add("sozial_network", SozialNetwork);
