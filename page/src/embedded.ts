// The data within a file of `annals export --as html`: answers the questions of the page out of the answers
// that stand in the file, much as the server would. What was known on a day is made of the claims of the
// reports that were out; figures of an event on such a day were written with it.
import type { Actor, Alias, Claim, Decision, Dispute, EventAnswer, Facet, Figure, Hit, Line, Party, Points, Post, Relation, Report, ReportAnswer, SearchAnswer, Summary } from "./types";

export type Table = Record<string, unknown>;
export class Refused extends Error {}

function fold(text: string | null | undefined): string {
  return (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function events(table: Table): EventAnswer[] {
  return table["events/*"] as EventAnswer[];
}

/** Whether a claim passes the filters, much as the server's would. */
function passes(claim: Claim, wanted: URLSearchParams): boolean {
  const has = (name: string, test: (value: string) => boolean) => !wanted.get(name) || test(wanted.get(name)!);
  const within = (value: string | null, part: string) => fold(value).includes(fold(part));
  return (
    has("from", (day) => (claim.to ?? claim.from ?? "") >= day) &&
    has("to", (day) => (claim.from ?? claim.to ?? "9999") <= day) &&
    has("as_of", (day) => (claim.published ?? "9999") <= day) &&
    has("place", (name) => within(claim.place, name) || within(claim.admin1, name) || claim.country === name.toUpperCase()) &&
    has("actor", (name) => [...claim.agents, ...claim.patients].some((one) => within(one.name, name) || one.code === name)) &&
    has("type", (type) => [claim.plover, claim.mode, ...(claim.acled ?? [])].some((one) => fold(one) === fold(type))) &&
    has("status", (status) => claim.status === status) &&
    has("source", (source) => within(claim.source, source)) &&
    has("text", (words) => fold(words).replace(/["*]/g, "").split(/\s+/).every((word) => fold(claim.sentence).includes(word)))
  );
}

function facetsOf(claims: Claim[]): Facet[] {
  const found = new Map<string, Facet>();
  const add = (facet: string, value: string | null) => {
    if (value === null || value === "") return;
    const key = `${facet} ${value}`;
    const one = found.get(key) ?? { facet, value, claims: 0 };
    one.claims++;
    found.set(key, one);
  };
  for (const claim of claims) {
    add("type", claim.plover);
    add("status", claim.status);
    add("source", claim.source);
    add("place", claim.place);
    new Set([...claim.agents, ...claim.patients].map((one) => one.name)).forEach((name) => add("actor", name));
  }
  return [...found.values()].sort((a, b) => b.claims - a.claims || (a.value < b.value ? -1 : 1));
}

// ------------------------------------------------------------------ as known on a day

/** What is told of an event on a day on which not all of its reports were out. */
interface Known { event: Partial<EventAnswer["event"]>; figures: Figure[]; when: string | null }

const isOut = (day: string | null, asof: string) => day !== null && day <= asof;
/** All days that stand in the text lie before. */
const allOut = (text: string, asof: string) => [...text.matchAll(/, (\d{4}-\d{2}-\d{2})/g)].every(([, day]) => day <= asof) && /, \d{4}-/.test(text);

function eventKnown(table: Table, answer: EventAnswer, asof: string): EventAnswer | null {
  const claims = answer.event.claims.filter((one) => isOut(one.published, asof));
  if (claims.length === answer.event.claims.length) return answer;
  if (claims.length === 0) return null;
  const days = ((table["events as of"] ?? {}) as Record<string, Record<string, Known>>)[answer.event.event] ?? {};
  const day = Object.keys(days).filter((one) => one <= asof).sort().pop();
  const then = day === undefined ? { event: {}, figures: [], when: null } : days[day];
  return {
    event: {
      ...answer.event, ...then.event, claims, figures: then.figures,
      joins: answer.event.joins.filter((join) => allOut(join.report, asof) && allOut(join.other, asof)),
      copies: answer.event.copies.filter((copy) => allOut(copy, asof)),
    },
    when: then.when,
    told: answer.told.filter((one) => isOut(one.published, asof)),
  };
}

/** Acts as the lines that are known tell them. */
function pointsOf(lines: Line[], all: Points): Points {
  const features = new Map(all.event.map((event, at) => [`${event} ${all.place[at]}`, all.feature[at]]));
  return {
    count: lines.length, event: lines.map((one) => one.event), first: lines.map((one) => one.from), last: lines.map((one) => one.to),
    known: lines.map((one) => one.published), plover: lines.map((one) => one.plover), mode: lines.map((one) => one.mode),
    status: lines.map((one) => one.status), place: lines.map((one) => one.place), country: lines.map((one) => one.country),
    feature: lines.map((one) => features.get(`${one.event} ${one.place}`) ?? null),
    latitude: lines.map((one) => one.lat), longitude: lines.map((one) => one.lon), claims: lines.map((one) => one.reports),
  };
}

// ------------------------------------------------------------------ actors of some of the claims

function actorsOf(table: Table, claims: Claim[]): Actor[] {
  // Under its other names an actor is the same.
  const all = new Map((table.actors as Actor[]).flatMap((one) => [one.name, ...(one.also_called?.split("; ") ?? [])].map((name) => [fold(name), one] as const)));
  const found = new Map<string, Actor>();
  const faces = new Map<string, Map<string, number>>(); // what the claims say that an actor is, and how often
  const add = (one: Party | { name: string | null }, claim: Claim, role: "agent" | "patient" | "speaker" | "", seen: Set<string>) => {
    const whole = one.name === null ? undefined : all.get(fold(one.name));
    if (whole === undefined) return;
    const actor = found.get(whole.name) ?? { ...whole, claims: 0, agent: 0, patient: 0, speaker: 0, first: null, last: null, also_called: null };
    const last = claim.to ?? claim.from;
    if (!seen.has(`${whole.name} `)) actor.claims++;
    if (role !== "" && !seen.has(`${whole.name} ${role}`)) actor[role]++;
    seen.add(`${whole.name} `).add(`${whole.name} ${role}`);
    if (claim.from !== null && (actor.first === null || claim.from < actor.first)) actor.first = claim.from;
    if (last !== null && (actor.last === null || last > actor.last)) actor.last = last;
    found.set(whole.name, actor);
    if (!("kind" in one)) return;
    const said = faces.get(whole.name) ?? new Map<string, number>();
    const face = JSON.stringify([one.name, one.type ?? "", one.code ?? ""]);
    faces.set(whole.name, said.set(face, (said.get(face) ?? 0) + 1));
  };
  for (const claim of claims) {
    const seen = new Set<string>();
    claim.agents.forEach((one) => add(one, claim, "agent", seen));
    claim.patients.forEach((one) => add(one, claim, "patient", seen));
    claim.according_to.forEach((one) => add(one, claim, "speaker", seen));
    claim.instruments.forEach((one) => add(one, claim, "", seen));
    if (claim.control?.holder) add({ name: claim.control.holder }, claim, "", seen);
  }
  for (const [name, said] of faces) {
    const [face] = [...said].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
    const [called, type, code] = JSON.parse(face) as string[];
    Object.assign(found.get(name)!, { name: called, type: type || null, code: code || null });
  }
  return [...found.values()].sort((a, b) => b.claims - a.claims || (a.actor < b.actor ? -1 : 1));
}

const MUTUAL = new Set(["AGREE", "CONSULT", "COOPERATE"]);

function relationsOf(table: Table, claims: Claim[]): Relation[] {
  const does = new Map((table.relations as Relation[]).map((one) => [one.plover, one.does]));
  const found = new Map<string, Relation>();
  for (const claim of claims) {
    const said = does.get(claim.plover);
    if (said === undefined || !["asserted", "claimed", "alleged", "disputed"].includes(claim.status)) continue;
    const last = claim.to ?? claim.from;
    const month = claim.from !== null && last !== null && claim.from.slice(0, 7) === last.slice(0, 7) ? claim.from.slice(0, 7) : null;
    const pairs = new Set<string>();
    for (const agent of claim.agents)
      for (const patient of claim.patients) {
        if (agent.name === null || patient.name === null || agent.name === patient.name) continue;
        const [who, whom] = MUTUAL.has(claim.plover!) && agent.name > patient.name ? [patient.name, agent.name] : [agent.name, patient.name];
        const key = JSON.stringify([month, who, claim.plover, whom]);
        const one = found.get(key) ?? { month, who, does: said, whom, plover: claim.plover, claims: 0 };
        if (!pairs.has(key)) one.claims++;
        pairs.add(key);
        found.set(key, one);
      }
  }
  return [...found.values()].sort((a, b) => (a.month ?? "9999").localeCompare(b.month ?? "9999") || b.claims - a.claims);
}

/** A day, month or year of the dictionary that surely lay before. */
const isBy = (day: string | null, asof: string) => day !== null && (day < asof.slice(0, day.length) || (day.length === 10 && day === asof));

function postsOf(posts: Post[], asof: string): Post[] {
  return posts
    .filter((one) => (one.basis === "report" ? isOut(one.published, asof) : isBy(one.from, asof) || isBy(one.to, asof)))
    .map((one) => (one.basis === "report" || isBy(one.to, asof) ? one : { ...one, to: null }));
}

/** How often is not known of a day on which not all was written; that it was, is. */
function namesOf(names: Alias[], asof: string): Alias[] {
  return names.filter((one) => isOut(one.first, asof)).map((one) => (isOut(one.last, asof) ? one : { ...one, mentions: null, last: null }));
}

function summaryOf(table: Table, reports: Report[], claims: Claim[]): Summary {
  const days = reports.map((one) => one.published!).sort();
  return {
    ...(table.summary as Summary), reports: reports.length, dated: reports.length, sources: new Set(reports.map((one) => one.source)).size,
    sentences: reports.reduce((sum, one) => sum + one.sentences, 0), claims: claims.length, events: new Set(claims.map((one) => one.event)).size,
    first_published: days[0] ?? null, last_published: days[days.length - 1] ?? null,
  };
}

// ------------------------------------------------------------------ the questions

export function within(table: Table, asked: string): unknown {
  const [path, search] = asked.split("?");
  const wanted = new URLSearchParams(search ?? "");
  const [name, id] = path.split("/");
  const missing = () => new Refused("this is not in the file; the record itself holds it");
  const all = events(table);
  if (name === "geo") {
    if (table[path] === undefined) throw missing();
    return table[path];
  }
  if (name === "events" && id !== undefined) {
    const event = all.find((one) => one.event.event === id);
    const asof = wanted.get("as_of") ?? "";
    const told = event === undefined || asof === "" ? event : eventKnown(table, event, asof);
    if (told === undefined || told === null) throw missing();
    return told;
  }
  if (name === "reports" && id !== undefined) {
    const report = (table["reports/*"] as ReportAnswer[]).find((one) => one.report.report === id);
    if (report === undefined || (wanted.get("as_of") && !isOut(report.report.published, wanted.get("as_of")!))) throw missing();
    return report;
  }
  const claims = new Map(all.flatMap((one) => one.event.claims.map((claim) => [claim.claim, claim] as const)));
  const filtered = [...wanted.keys()].some((key) => !["limit", "offset"].includes(key));
  const good = new Set([...claims.values()].filter((claim) => !filtered || passes(claim, wanted)).map((one) => one.claim));
  const from = Number(wanted.get("offset") ?? 0);
  const to = from + Number(wanted.get("limit") ?? 1e9);
  const asof = wanted.get("as_of") ?? "";
  const passing = () => [...claims.values()].filter((claim) => good.has(claim.claim));
  const reports = () => (table["reports/*"] as ReportAnswer[]).map((one) => one.report).filter((one) => asof === "" || isOut(one.published, asof));
  const isKnownEvent = (id: string) => all.some((one) => one.event.event === id && one.event.claims.some((claim) => good.has(claim.claim)));
  if (name === "summary") return asof === "" ? table.summary : summaryOf(table, reports(), passing());
  if (name === "actors") return (filtered ? actorsOf(table, passing()) : (table.actors as Actor[])).slice(from, to);
  if (name === "relations") return (filtered ? relationsOf(table, passing()) : (table.relations as Relation[])).slice(from, to);
  if (name === "posts" || name === "names") {
    const list = ((table[name] ?? {}) as Record<string, unknown[]>)[wanted.get("actor") ?? ""] ?? [];
    return asof === "" ? list : name === "posts" ? postsOf(list as Post[], asof) : namesOf(list as Alias[], asof);
  }
  if (name === "timeline") return (table.timeline as Line[]).filter((line) => good.has(line.claim)).slice(from, to);
  if (name === "points") {
    const points = table.points as Points;
    const lines = table.timeline as Line[];
    if (asof !== "") return pointsOf(lines.filter((line) => good.has(line.claim)), points);
    const kept = new Set(lines.filter((line) => good.has(line.claim)).map((line) => line.event));
    const keep = points.event.map((event) => !filtered || kept.has(event));
    const answer: Record<string, unknown> = { count: keep.filter(Boolean).length };
    for (const [column, values] of Object.entries(points))
      if (Array.isArray(values)) answer[column] = values.filter((_, at) => keep[at]);
    return answer;
  }
  if (name === "days") {
    const acts = new Map<string, number>();
    for (const line of table.timeline as Line[]) if (good.has(line.claim) && line.from !== null) acts.set(line.from, (acts.get(line.from) ?? 0) + 1);
    const day = [...acts.keys()].sort();
    return { count: day.length, day, acts: day.map((one) => acts.get(one)!) };
  }
  if (name === "facets") return facetsOf([...claims.values()].filter((claim) => good.has(claim.claim)));
  if (name === "search") {
    const told = new Map(all.flatMap((one) => one.told.map((line) => [line.claim, line] as const)));
    const hits = [...claims.values()].filter((claim) => good.has(claim.claim));
    const words = fold(wanted.get("text")).replace(/["*]/g, "").split(/\s+/);
    const answer: SearchAnswer = {
      claims: hits.map((claim) => ({ ...told.get(claim.claim)!, ...pick(claim) }) as Hit).slice(from, to),
      reports: reports()
        .filter((one) => words.every((word) => fold(`${one.title} ${one.text}`).includes(word))),
      facets: facetsOf(hits),
    };
    return answer;
  }
  if (name === "reports") {
    // Reports with a claim that passes; without other filters than the clock, all that were out.
    const telling = new Set(all.flatMap((one) => one.told).filter((one) => good.has(one.claim)).map((one) => one.report));
    const narrowed = [...wanted.keys()].some((key) => !["limit", "offset", "as_of"].includes(key));
    return reports().filter((one) => !narrowed || telling.has(one.report)).slice(from, to);
  }
  if (name === "control" && wanted.has("as_of")) {
    // It changes on days of publication alone; what no day of the file goes before, nobody knew.
    const known = table["control as of"] as Record<string, unknown>;
    const day = Object.keys(known).filter((one) => one <= wanted.get("as_of")!).sort().pop();
    return day === undefined ? [] : known[day];
  }
  if (name === "decisions" && id !== undefined) {
    const event = all.find((one) => one.event.event === id);
    const about = new Set([id, ...(event?.event.claims.map((one) => one.claim) ?? [])]);
    return (table.decisions as Decision[]).filter((one) => one.about.some((target) => about.has(target)) && (asof === "" || one.about.some((target) => good.has(target) || isKnownEvent(target))));
  }
  if (name === "decisions") return (table.decisions as Decision[]).filter((one) => asof === "" || one.about.some((target) => good.has(target) || isKnownEvent(target)));
  if (name === "claims" && id !== undefined) {
    const told = all.flatMap((one) => one.told).find((one) => one.claim === id);
    if (told === undefined) throw missing();
    return { claim: claims.get(id), told };
  }
  if (name === "disputes") return (table.disputes as Dispute[]).filter((one) => !filtered || (asof === "" ? one.sides.some((side) => good.has(side.claim)) : one.sides.every((side) => good.has(side.claim))));
  if (table[path] === undefined) throw missing();
  return table[path];
}

function pick(claim: Claim) {
  return { event: claim.event, from: claim.from, place: claim.place, plover: claim.plover, status: claim.status, sentence: claim.sentence };
}
