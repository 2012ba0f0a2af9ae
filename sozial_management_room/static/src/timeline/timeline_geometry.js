/** Minutes to which bookings snap. */
export const STEP = 15;

/** A local time without a zone: only for adding days and minutes, never for the real moment. */
export function naive(iso) {
    return luxon.DateTime.fromISO(iso, { zone: "utc" });
}

export function snap(minute) {
    return Math.round(minute / STEP) * STEP;
}

/** The minute of the day below the pointer. */
export function placeInCell(box, x, from, to) {
    return from + ((x - box.left) / box.width) * (to - from);
}
