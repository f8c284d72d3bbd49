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
  area: Uint8Array; // 1: somewhere in a country, province or region
  from: Day; // of all that is dated
  to: Day;
  brief: Uint32Array; // points of a few days, by their first; the rest is looked at one by one
  others: number[];
}

const BRIEF = 40; // days

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
    x: new Float64Array(count).fill(-1), y: new Float64Array(count).fill(-1), group: new Uint8Array(count), area: new Uint8Array(count),
    from: Infinity, to: -Infinity, brief: new Uint32Array(0), others: [],
  };
  // Few kinds of place and of act: each is looked at once.
  const areas = new Map<string | null, number>(), groups = new Map<string | null, number>();
  const once = (known: Map<string | null, number>, key: string | null, find: (key: string | null) => number): number => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = find(key)));
    return value;
  };
  for (let i = 0; i < count; i++) {
    const longitude = points.longitude[i];
    const latitude = points.latitude[i];
    if (longitude !== null && latitude !== null) {
      field.x[i] = longitude / 360 + 0.5;
      const sine = Math.min(0.9999, Math.max(-0.9999, Math.sin((latitude * Math.PI) / 180)));
      field.y[i] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    }
    field.area[i] = once(areas, points.feature[i], (feature) => (/^(PCL|ADM|RGN|CONT|TERR|AREA)/.test(feature ?? "") ? 1 : 0));
    field.group[i] = once(groups, points.plover[i], (plover) => GROUP_LIST.indexOf(groupOf(plover)));
    if (field.first[i] > UNKNOWN) {
      field.from = Math.min(field.from, field.first[i]);
      field.to = Math.max(field.to, field.last[i] > UNKNOWN ? field.last[i] : field.first[i]);
    }
  }
  const brief: number[] = [];
  for (let i = 0; i < count; i++)
    if (field.first[i] > UNKNOWN && field.last[i] - field.first[i] <= BRIEF) brief.push(i);
    else field.others.push(i);
  field.brief = Uint32Array.from(brief.sort((a, b) => field.first[a] - field.first[b]));
  return field;
}

/** Where in `brief` the points begin that are of the day or later. */
function since(field: Field, day: Day): number {
  let low = 0, high = field.brief.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (field.first[field.brief[middle]] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Visits every point that the window shows; a window of days looks at little else. */
export function visit(field: Field, window: Window, one: (at: number) => void): void {
  const start = window.from === null ? 0 : since(field, window.from - BRIEF);
  const end = window.to === null ? field.brief.length : since(field, window.to + 1);
  for (let i = start; i < end; i++) if (shows(field, field.brief[i], window)) one(field.brief[i]);
  for (const at of field.others) if (shows(field, at, window)) one(at);
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
  name: string; // of the place that most of its points name
  places: number; // one, or more
  area: boolean; // not at a point, but somewhere within
  radius: number; // pixels
}

interface Cell {
  x: number; y: number; count: number; groups: [number, number, number]; fresh: number; first: number;
  names: Map<string, number>; area: number;
}

function radiusOf(count: number): number {
  return count === 1 ? 5 : Math.min(25, 5.5 + 2.4 * Math.log2(count));
}

function join(into: Cell, other: Cell): void {
  const count = into.count + other.count;
  into.x = (into.x * into.count + other.x * other.count) / count;
  into.y = (into.y * into.count + other.y * other.count) / count;
  into.count = count;
  for (let i = 0; i < 3; i++) into.groups[i] += other.groups[i];
  into.fresh = Math.max(into.fresh, other.fresh);
  other.names.forEach((number, name) => into.names.set(name, (into.names.get(name) ?? 0) + number));
}

/** Clusters of what the window shows: acts in one cell of `pixels` at the zoom, then circles that would
 * lie on one another. What is only known to lie in a province stays apart from what has a point.
 * `fade`: days until a point is faint, counted back from the window's end; 0 = nothing fades. */
export function clusters(field: Field, window: Window, zoom: number, pixels: number, fade: number): Cluster[] {
  const world = 512 * 2 ** zoom;
  const scale = world / pixels;
  const cells = new Map<number, Cell>();
  visit(field, window, (i) => {
    if (field.x[i] < 0) return;
    const key = (Math.floor(field.x[i] * scale) * 4194304 + Math.floor(field.y[i] * scale)) * 2 + field.area[i];
    const age = fade > 0 && window.to !== null ? Math.max(0, window.to - Math.max(field.last[i], field.first[i])) : 0;
    const fresh = fade > 0 ? Math.max(0, 1 - age / fade) : 1;
    const name = field.points.place[i] ?? "";
    let cell = cells.get(key);
    if (cell === undefined) {
      cell = { x: field.x[i], y: field.y[i], count: 0, groups: [0, 0, 0], fresh, first: i, names: new Map(), area: field.area[i] };
      cells.set(key, cell);
    }
    cell.x += (field.x[i] - cell.x) / (cell.count + 1);
    cell.y += (field.y[i] - cell.y) / (cell.count + 1);
    cell.count++;
    cell.groups[field.group[i]]++;
    cell.fresh = Math.max(cell.fresh, fresh);
    cell.names.set(name, (cell.names.get(name) ?? 0) + 1);
  });
  let list = [...cells.values()].sort((a, b) => b.count - a.count);
  if (list.length <= 800) {
    const kept: Cell[] = [];
    for (const cell of list) {
      const near = kept.find((one) => one.area === cell.area &&
        Math.hypot((one.x - cell.x) * world, (one.y - cell.y) * world) < 0.9 * (radiusOf(one.count) + radiusOf(cell.count)));
      if (near === undefined) kept.push(cell);
      else join(near, cell);
    }
    list = kept;
  }
  return list.map((cell) => {
    const names = [...cell.names].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      x: cell.x, y: cell.y, count: cell.count, fresh: cell.fresh, first: cell.first, name: names[0][0],
      places: names.length, area: cell.area === 1, radius: radiusOf(cell.count),
      group: GROUP_LIST[cell.groups.indexOf(Math.max(...cell.groups))],
    };
  });
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

export function countriesOf(field: Field, most: number): string[] {
  const found = new Map<string, number>();
  for (let i = 0; i < field.count; i++) {
    const country = field.points.country[i];
    if (country !== null && field.x[i] >= 0) found.set(country, (found.get(country) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]).slice(0, most).map(([country]) => country);
}
