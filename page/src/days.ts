// Days as numbers (0 is 1970-01-01) and as English words; no time zones anywhere.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];

export type Day = number;

export function readDay(text: string | null | undefined): Day | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / 86400000);
}

export function writeDay(day: Day): string {
  return new Date(day * 86400000).toISOString().slice(0, 10);
}

export function parts(day: Day): { year: number; month: number; day: number } {
  const date = new Date(day * 86400000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}

/** "9 November 2001" */
export function longDay(day: Day): string {
  const { year, month, day: date } = parts(day);
  return `${date} ${MONTHS[month]} ${year}`;
}

/** "9 Nov 2001" */
export function shortDay(day: Day): string {
  const { year, month, day: date } = parts(day);
  return `${date} ${MONTHS[month].slice(0, 3)} ${year}`;
}

/** "9 Nov 2001" of "2001-11-09"; "" where there is no day. */
export function shortText(text: string | null | undefined): string {
  const day = readDay(text);
  return day === null ? "" : shortDay(day);
}

/** As shortText, of a month or a year too: "Feb 2004" of "2004-02" */
export function anyDay(text: string): string {
  const [year, month] = text.split("-");
  return shortText(text) || (month !== undefined ? `${MONTHS[Number(month) - 1].slice(0, 3)} ${year}` : year);
}

export function span(from: Day, to: Day): string {
  if (from === to) return longDay(from);
  return `${shortDay(from)} – ${shortDay(to)}`;
}

export interface Tick { day: Day; label: string; major: boolean }

/** Ticks of an axis from `from` to `to` with room for about `most` labels. */
export function ticks(from: Day, to: Day, most: number): Tick[] {
  const days = Math.max(1, to - from);
  const found: Tick[] = [];
  const years = days / 365.25;
  const start = parts(from);
  const firstOf = (year: number, month: number) => Math.round(Date.UTC(year, month, 1) / 86400000);
  if (years > most / 2) {
    const step = [1, 2, 5, 10, 20, 50, 100].find((n) => years / n <= most) ?? 500;
    for (let year = Math.ceil(start.year / step) * step; firstOf(year, 0) <= to; year += step)
      if (firstOf(year, 0) >= from) found.push({ day: firstOf(year, 0), label: String(year), major: true });
    return found;
  }
  const months = days / 30.4;
  if (months > most / 2) {
    const step = [1, 2, 3, 6].find((n) => months / n <= most) ?? 6;
    for (let year = start.year; firstOf(year, 0) <= to; year++)
      for (let month = 0; month < 12; month += step) {
        const day = firstOf(year, month);
        if (day >= from && day <= to)
          found.push({ day, label: month === 0 ? String(year) : MONTHS[month].slice(0, 3), major: month === 0 });
      }
    return found;
  }
  const step = [1, 2, 5, 7, 10, 14].find((n) => days / n <= most) ?? 14;
  for (let day = Math.ceil(from / step) * step; day <= to; day += step) {
    const { month, day: date } = parts(day);
    found.push({ day, label: `${date} ${MONTHS[month].slice(0, 3)}`, major: date <= step });
  }
  return found;
}
