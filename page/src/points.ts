// The points of the record as typed arrays, the window of days that is shown, and their clusters.
// Clusters are made here, at every move of the slider: cells of a grid in screen pixels, a hundred
// thousand points in a few milliseconds.
import { readDay, type Day } from "./days";
import type { Points } from "./types";
import { groupOf, type Group } from "./words";

const UNKNOWN = -1e9;
const GROUP_LIST: Group[] = ["force", "moves", "words"];

export interface Field {
  count: number;
  points: Points;
  first: Float64Array; // days; UNKNOWN where there is none
  last: Float64Array;
  known: Float64Array;
  x: Float64Array; // Web Mercator, 0 to 1; -1 where there is no place
  y: Float64Array;
  group: Uint8Array;
  from: Day; // of all that is dated
  to: Day;
}

export function fieldOf(points: Points): Field {
  const count = points.count;
  const days = (texts: (string | null)[]) => {
    const found = new Float64Array(count);
    const seen = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const text = texts[i];
      if (text === null) {
        found[i] = UNKNOWN;
        continue;
      }
      let day = seen.get(text);
      if (day === undefined) seen.set(text, (day = readDay(text) ?? UNKNOWN));
      found[i] = day;
    }
    return found;
  };
  const field: Field = {
    count, points, first: count > 0 ? days(points.first) : new Float64Array(0),
    last: count > 0 ? days(points.last) : new Float64Array(0), known: count > 0 ? days(points.known) : new Float64Array(0),
    x: new Float64Array(count).fill(-1), y: new Float64Array(count).fill(-1), group: new Uint8Array(count),
    from: Infinity, to: -Infinity,
  };
  for (let i = 0; i < count; i++) {
    const longitude = points.longitude[i];
    const latitude = points.latitude[i];
    if (longitude !== null && latitude !== null) {
      field.x[i] = longitude / 360 + 0.5;
      const sine = Math.min(0.9999, Math.max(-0.9999, Math.sin((latitude * Math.PI) / 180)));
      field.y[i] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    field.group[i] = GROUP_LIST.indexOf(groupOf(points.plover[i]));
    if (field.first[i] > UNKNOWN) {
      field.from = Math.min(field.from, field.first[i]);
      field.to = Math.max(field.to, field.last[i] > UNKNOWN ? field.last[i] : field.first[i]);
    }
  }
  return field;
}

export interface Window { from: Day | null; to: Day | null; asof: Day | null }

/** Whether a point is shown; null bounds do not bound. Undated points only where there are none. */
export function shows(field: Field, at: number, window: Window): boolean {
  const first = field.first[at];
  if (window.asof !== null && (field.known[at] === UNKNOWN || field.known[at] > window.asof)) return false;
  if (first === UNKNOWN) return window.from === null && window.to === null;
  const last = field.last[at] === UNKNOWN ? first : field.last[at];
  return (window.from === null || last >= window.from) && (window.to === null || first <= window.to);
}

export interface Cluster {
  x: number; y: number; count: number; group: Group; fresh: number; // 1 new, 0 old
  first: number; // index of one of its points
  places: number;
}

/** Clusters of what the window shows, in cells of `pixels` at the zoom. `fade`: days until a point is
 * faint, counted back from the window's end; 0 = nothing fades. */
export function clusters(field: Field, window: Window, zoom: number, pixels: number, fade: number): Cluster[] {
  const scale = (512 * 2 ** zoom) / pixels;
  const cells = new Map<number, { x: number; y: number; count: number; groups: [number, number, number]; fresh: number; first: number; spot: number; places: number }>();
  for (let i = 0; i < field.count; i++) {
    if (field.x[i] < 0 || !shows(field, i, window)) continue;
    const key = Math.floor(field.x[i] * scale) * 4194304 + Math.floor(field.y[i] * scale);
    const age = fade > 0 && window.to !== null ? Math.max(0, window.to - Math.max(field.last[i], field.first[i])) : 0;
    const fresh = fade > 0 ? Math.max(0, 1 - age / fade) : 1;
    const spot = field.x[i] * 1e6 + field.y[i];
    const cell = cells.get(key);
    if (cell === undefined) {
      const groups: [number, number, number] = [0, 0, 0];
      groups[field.group[i]] = 1;
      cells.set(key, { x: field.x[i], y: field.y[i], count: 1, groups, fresh, first: i, spot, places: 1 });
    } else {
      cell.count++;
      cell.x += field.x[i];
      cell.y += field.y[i];
      cell.groups[field.group[i]]++;
      cell.fresh = Math.max(cell.fresh, fresh);
      if (spot !== cell.spot) cell.places = 2;
    }
  }
  return [...cells.values()].map((cell) => ({
    x: cell.x / cell.count, y: cell.y / cell.count, count: cell.count, fresh: cell.fresh, first: cell.first,
    places: cell.places, group: GROUP_LIST[cell.groups.indexOf(Math.max(...cell.groups))],
  }));
}

export function longitudeOf(x: number): number {
  return (x - 0.5) * 360;
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** How many acts begin in each of `bins` equal parts of [from, to], and how many of them are force. */
export function histogram(field: Field, from: Day, to: Day, bins: number, asof: Day | null): { all: Uint32Array; force: Uint32Array } {
  const all = new Uint32Array(bins);
  const force = new Uint32Array(bins);
  const width = (to - from + 1) / bins;
  for (let i = 0; i < field.count; i++) {
    const day = field.first[i];
    if (day < from || day > to) continue;
    if (asof !== null && (field.known[i] === UNKNOWN || field.known[i] > asof)) continue;
    const bin = Math.min(bins - 1, Math.floor((day - from) / width));
    all[bin]++;
    if (field.group[i] === 0) force[bin]++;
  }
  return { all, force };
}

/** Places with most points, for labels. */
export function placesOf(field: Field, most: number): { name: string; x: number; y: number; count: number }[] {
  const found = new Map<string, { name: string; x: number; y: number; count: number }>();
  for (let i = 0; i < field.count; i++) {
    const name = field.points.place[i];
    if (name === null || field.x[i] < 0) continue;
    const one = found.get(name);
    if (one === undefined) found.set(name, { name, x: field.x[i], y: field.y[i], count: 1 });
    else one.count++;
  }
  return [...found.values()].sort((a, b) => b.count - a.count).slice(0, most);
}

export function countriesOf(field: Field, most: number): string[] {
  const found = new Map<string, number>();
  for (let i = 0; i < field.count; i++) {
    const country = field.points.country[i];
    if (country !== null && field.x[i] >= 0) found.set(country, (found.get(country) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]).slice(0, most).map(([country]) => country);
}
