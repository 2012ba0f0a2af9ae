import { Component, onMounted, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { placeInCell, naive, snap, STEP } from "./timeline_geometry";

const REFRESH_SECONDS = 60;

/** Rooms × time of a day or a week. Bookings are dragged to another time or room; the server decides. */
export class RoomTimeline extends Component {
    static template = "sozial_management_room.RoomTimeline";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        const saved = this.props.state || {};
        this.plan = useState({ centres: [], rooms: [], days: [], bars: [], closures: [] });
        this.view = useState({
            centre: saved.centre || this.props.action?.context?.default_centre_id || false,
            day: saved.day || false,
            days: saved.days || 1,
            drag: null,
            loaded: false,
        });
        onWillStart(() => this.load());
        onMounted(() => {
            this.timer = setInterval(() => !this.view.drag && this.load(), REFRESH_SECONDS * 1000);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    /** Read the plan anew; an answer that a later question overtook is dropped. */
    async load() {
        const { centre, day, days } = this.view;
        this.asked = (this.asked || 0) + 1;
        const asked = this.asked;
        const plan = await this.orm.call("sozial.room.timeline", "get_timeline", [centre, day, days]);
        if (asked === this.asked) {
            Object.assign(this.plan, plan);
            this.view.centre = plan.centre_id;
            this.view.day = plan.days?.[0]?.date || day;
            this.view.loaded = true;
        }
    }

    show(changes) {
        Object.assign(this.view, changes);
        return this.load();
    }

    step(direction) {
        const days = this.view.days;
        return this.show({ day: naive(this.view.day).plus({ days: direction * days }).toISODate() });
    }

    /** Show one day or the week around the present one. */
    setDays(days) {
        const day = naive(this.view.day);
        return this.show({ days, day: (days === 1 ? day : day.startOf("week")).toISODate() });
    }

    goToday() {
        const today = naive(this.plan.today);
        return this.show({ day: (this.view.days === 1 ? today : today.startOf("week")).toISODate() });
    }

    get title() {
        const day = naive(this.view.day);
        if (this.view.days === 1) {
            return day.toLocaleString({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
        }
        const last = day.plus({ days: this.view.days - 1 });
        const week = _t("week %s", day.weekNumber);
        return `${day.toLocaleString({ day: "numeric", month: "long" })} – ${last.toLocaleString({
            day: "numeric",
            month: "long",
            year: "numeric",
        })} (${week})`;
    }

    dayTitle(day) {
        return naive(day.date).toLocaleString({ weekday: "short", day: "numeric", month: "numeric" });
    }

    /** Hours between two lines. */
    get hourStep() {
        return this.view.days === 1 ? 1 : 6;
    }

    get hours() {
        // a last hour without half a step behind it would run into the first one of the next day
        const hours = [];
        const last = this.plan.to_minute - this.hourStep * 30;
        for (let minute = this.plan.from_minute; minute <= last; minute += this.hourStep * 60) {
            hours.push(minute);
        }
        return hours;
    }

    clock(minute) {
        return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
    }

    /** Left edge and width of a span of minutes, in percent of a day's cell. */
    place(start, stop) {
        const { from_minute: from, to_minute: to } = this.plan;
        const left = (100 * (Math.max(start, from) - from)) / (to - from);
        const right = (100 * (Math.min(stop, to) - from)) / (to - from);
        return `left:${left}%;width:${Math.max(right - left, 0.5)}%;`;
    }

    closedSpans(day) {
        if (!day.open) {
            return [];
        }
        const spans = [];
        let from = this.plan.from_minute;
        for (const [start, stop] of [...day.open, [this.plan.to_minute, this.plan.to_minute]]) {
            if (start > from) {
                spans.push([from, start]);
            }
            from = Math.max(from, stop);
        }
        return spans;
    }

    barsOf(room, day) {
        return this.plan.bars.filter((bar) => bar.room_id === room.id && bar.day === day.date);
    }

    closuresOf(room, day) {
        return this.plan.closures.filter((one) => one.room_id === room.id && one.day === day.date);
    }

    barTitle(bar) {
        const parts = [`${this.clock(bar.start)}–${this.clock(bar.stop)}`, bar.name, bar.who];
        if (bar.shadow) {
            parts.push(_t("takes %s", bar.shadow));
        }
        return parts.filter(Boolean).join(" · ");
    }

    stateTitle(state) {
        return {
            draft: _t("Draft"),
            requested: _t("Requested"),
            confirmed: _t("Confirmed"),
            done: _t("Done"),
            suspended: _t("Suspended"),
        }[state];
    }

    // ------------------------------------------------------------------ pointer

    /** Begin to drag a booking, or to draw a new one into free time. A finger scrolls instead. */
    onPointerDown(ev) {
        if (ev.button !== 0 || ev.pointerType === "touch") {
            return;
        }
        const cell = ev.target.closest("[data-day]");
        const piece = ev.target.closest(".o_room_bar");
        if (!cell || (!piece && !this.plan.may_create)) {
            return;
        }
        const at = this.minuteAt(cell, ev.clientX);
        const bar = piece && this.plan.bars.find((one) => this.key(one) === piece.dataset.key);
        if (bar && !bar.movable) {
            return;
        }
        ev.preventDefault();
        const resize = Boolean(ev.target.closest(".o_room_bar_end"));
        this.view.drag = {
            bar,
            resize,
            grabbed: bar ? at - bar.start : at,
            from: { x: ev.clientX, y: ev.clientY },
            moved: false,
            ...this.target(cell),
            start: bar ? bar.start : snap(at),
            stop: bar ? bar.stop : snap(at) + STEP,
        };
        this.onMove = (move) => this.onPointerMove(move);
        this.onUp = (up) => this.onPointerUp(up);
        window.addEventListener("pointermove", this.onMove);
        window.addEventListener("pointerup", this.onUp, { once: true });
    }

    onPointerMove(ev) {
        const drag = this.view.drag;
        if (!drag) {
            return;
        }
        drag.moved ||= Math.abs(ev.clientX - drag.from.x) + Math.abs(ev.clientY - drag.from.y) > 4;
        const cell = document.elementsFromPoint(ev.clientX, ev.clientY).find((el) => el.dataset?.day && el.dataset.room);
        if (!drag.moved || !cell || !this.root.el.contains(cell)) {
            return;
        }
        const at = this.minuteAt(cell, ev.clientX);
        if (!drag.bar || drag.resize) {
            drag.stop = Math.max(snap(at), drag.start + STEP);
        } else {
            const length = drag.stop - drag.start;
            Object.assign(drag, this.target(cell), { start: snap(at - drag.grabbed) });
            drag.stop = drag.start + length;
        }
    }

    async onPointerUp(ev) {
        window.removeEventListener("pointermove", this.onMove);
        this.onPointerMove(ev);
        const drag = this.view.drag;
        this.view.drag = null;
        if (!drag) {
            return;
        }
        if (!drag.bar) {
            const stop = drag.moved ? drag.stop : drag.start + 4 * STEP;
            return this.create(drag.room, drag.day, drag.start, stop);
        }
        if (!drag.moved) {
            return this.open(drag.bar);
        }
        return this.shift(drag.bar, drag);
    }

    onClickBar(ev, bar) {
        // mouse clicks end in onPointerUp; this is the finger, the keyboard and what cannot be moved
        if (ev.detail === 0 || ev.pointerType === "touch" || !bar.movable) {
            this.open(bar);
        }
    }

    /** Alt and arrows move a booking without a mouse: a quarter of an hour, or to the next room. */
    onKeyBar(ev, bar) {
        const minutes = { ArrowLeft: -STEP, ArrowRight: STEP }[ev.key];
        const rows = { ArrowUp: -1, ArrowDown: 1 }[ev.key];
        if (!ev.altKey || !bar.movable || !(minutes || rows)) {
            return;
        }
        ev.preventDefault();
        const place = this.plan.rooms.findIndex((room) => room.id === bar.room_id) + (rows || 0);
        const room = this.plan.rooms[place];
        if (room) {
            this.shift(bar, {
                room: room.id,
                day: bar.day,
                start: bar.start + (minutes || 0),
                stop: bar.stop + (minutes || 0),
            });
        }
    }

    key(bar) {
        return `${bar.booking_id}/${bar.room_id}/${bar.day}`;
    }

    target(cell) {
        return { room: Number(cell.dataset.room), day: cell.dataset.day };
    }

    minuteAt(cell, x) {
        return placeInCell(cell.getBoundingClientRect(), x, this.plan.from_minute, this.plan.to_minute);
    }

    // ------------------------------------------------------------------ changes

    /** Move or lengthen a booking by as much as its piece was moved. */
    async shift(bar, to) {
        const days = naive(to.day).diff(naive(bar.day), "days").days;
        const start = naive(bar.start_local).plus({ days, minutes: to.start - bar.start });
        const stop = naive(bar.stop_local).plus({ days, minutes: to.stop - bar.stop });
        if (to.room === bar.room_id && +start === +naive(bar.start_local) && +stop === +naive(bar.stop_local)) {
            return;
        }
        const iso = (moment) => moment.toISO({ includeOffset: false, suppressMilliseconds: true });
        try {
            const warning = await this.orm.call("sozial.room.timeline", "move", [
                bar.booking_id,
                to.room,
                iso(start),
                iso(stop),
            ]);
            if (warning) {
                this.notification.add(warning, { type: "warning", title: _t("Moved. Please note") });
            }
        } finally {
            await this.load();
        }
    }

    create(room, day, start, stop) {
        const at = (minute) =>
            luxon.DateTime.fromISO(day, { zone: this.plan.tz })
                .set({ hour: Math.floor(minute / 60), minute: minute % 60 })
                .toUTC()
                .toFormat("yyyy-MM-dd HH:mm:ss");
        this.dialog.add(FormViewDialog, {
            resModel: "sozial.room.booking",
            title: _t("New booking"),
            context: { default_room_id: room, default_start: at(start), default_stop: at(stop) },
            onRecordSaved: () => this.load(),
        });
    }

    open(bar) {
        this.dialog.add(
            FormViewDialog,
            { resModel: "sozial.room.booking", resId: bar.booking_id, title: bar.name },
            { onClose: () => this.load() }
        );
    }

    newCentre() {
        return this.action.doAction("sozial_management_room.action_sozial_centre");
    }
}

registry.category("actions").add("sozial_room_timeline", RoomTimeline);
