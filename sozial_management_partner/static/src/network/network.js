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
            mayPrepare: false, maySuggest: false, maySeeGaps: false, withheld: false,
        });
        onWillStart(() => this.load());
    }

    async load() {
        const [procurement, lead] = await Promise.all(
            ["sozial_management_partner.group_sozial_procurement", "sozial_management.group_sozial_lead"].map((group) => user.hasGroup(group))
        );
        this.state.mayPrepare = procurement;
        this.state.maySuggest = lead && !procurement;
        this.state.maySeeGaps = procurement || lead;
        Object.assign(this.state, await this.orm.call("sozial.network", "get_matrix", []));
        if (this.state.maySeeGaps) {
            this.state.periods = await this.orm.call("sozial.network", "get_periods", []);
        }
    }

    get mayStart() {
        return this.state.mayPrepare || this.state.maySuggest;
    }

    get startLabel() {
        return this.state.mayPrepare ? _t("Prepare call") : _t("Suggest a call");
    }

    /** How many there are; what there is none of is left out. */
    cellLabel(cell) {
        const counted = [
            [cell.organisations.length, _t("1 organisation"), _t("%s organisations", cell.organisations.length)],
            [cell.offers.length, _t("1 offer"), _t("%s offers", cell.offers.length)],
        ];
        return counted.filter(([number]) => number).map(([number, one, many]) => (number === 1 ? one : many)).join(", ");
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

    tileGaps(tile) {
        return tile.gaps === 1 ? _t("1 topic without an offer") : tile.gaps ? _t("%s topics without an offer", tile.gaps) : _t("Every topic has an offer");
    }

    tileCounts(tile) {
        const counted = { organisations: { length: tile.organisations }, offers: { length: tile.offers } };
        return this.cellLabel(counted) || _t("nobody");
    }

    tileLabel(tile) {
        return `${tile.name}: ${this.tileCounts(tile)}. ${this.tileGaps(tile)}`;
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

    /** The officer opens the draft and writes on; the head's draft becomes an officer's task. */
    async prepare(topicId, quarterId) {
        const [year, quarter] = this.period ? [this.period.year, this.period.quarter] : [0, ""];
        const method = this.state.mayPrepare ? "action_prepare_call" : "action_suggest_call";
        const action = await this.orm.call("sozial.network", method, [topicId, quarterId, year, quarter]);
        return this.action.doAction(action);
    }
}

registry.category("actions").add("sozial_network", SozialNetwork);
