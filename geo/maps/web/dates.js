/** Dates that people type, and steps of a day, a week or a month. */

const DAY_MS = 86_400_000;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** @typedef {"day" | "week" | "month"} Step */

/**
 * The ISO date of a typed one: 2016-12-06, 6 December 2016, 6 Dec 2016, 6.12.2016 or 6/12/2016 (day first).
 * @param {string} text
 * @returns {string | null} null where it is not a date
 */
export function readDate(text) {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = /^\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*$/.exec(text);
  if (figures) return valid(Number(figures[3]), Number(figures[2]), Number(figures[1]));
  const words = /^\s*(\d{1,2})\.?\s+(\p{L}{3,})\.?,?\s+(\d{4})\s*$/u.exec(text);
  if (!words) return null;
  return valid(Number(words[3]), MONTHS.indexOf(words[2].slice(0, 3).toLowerCase()) + 1, Number(words[1]));
}

/**
 * @param {number} year
 * @param {number} month 1 .. 12
 * @param {number} day
 */
function valid(year, month, day) {
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? date.toISOString().slice(0, 10) : null;
}

/**
 * An ISO date one step later or earlier. A month from the 31st ends on the last day of a shorter month.
 * @param {string} iso
 * @param {Step} step
 * @param {1 | -1} direction
 */
export function stepped(iso, step, direction) {
  const date = new Date(`${iso}T00:00:00Z`);
  if (step !== "month") {
    const days = direction * (step === "week" ? 7 : 1);
    return new Date(date.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  }
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + direction + 1, 0));
  lastOfMonth.setUTCDate(Math.min(date.getUTCDate(), lastOfMonth.getUTCDate()));
  return lastOfMonth.toISOString().slice(0, 10);
}
