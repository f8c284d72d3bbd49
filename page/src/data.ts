// Asks the record: over HTTP, or of the data that stand in the page itself (`annals export --as html`).
import { useEffect, useState } from "preact/hooks";
import { FILTERS, type State } from "./state";
import type { Claim, Decision, Dispute, EventAnswer, Facet, Hit, Line, Points, Report, ReportAnswer, SearchAnswer } from "./types";

type Table = Record<string, unknown>;

function readEmbedded(): Table | null {
  const element = document.getElementById("annals-data");
  return element === null ? null : (JSON.parse(element.textContent ?? "{}") as Table);
}

const embedded = readEmbedded();
export const isOneFile = embedded !== null;

export class Refused extends Error {}

const answers = new Map<string, Promise<unknown>>();
const KEPT = 60;

/** Asks once for each question; the last answers are kept. */
export function ask<T>(question: string): Promise<T> {
  let answer = answers.get(question);
  if (answer === undefined) {
    answer = embedded === null ? overHttp(question) : Promise.resolve().then(() => within(embedded, question));
    answer.catch(() => answers.delete(question));
    answers.set(question, answer);
    if (answers.size > KEPT) answers.delete(answers.keys().next().value!);
  }
  return answer as Promise<T>;
}

async function overHttp(question: string): Promise<unknown> {
  const reply = await fetch(question.startsWith("geo/") ? question : `api/v1/${question}`, { credentials: "same-origin" });
  if (reply.ok) return reply.json();
  const body = (await reply.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Refused(body?.error?.message ?? `the server answered ${reply.status}`);
}

const forgetting = new Set<() => void>();

/** What was asked is asked anew: all, or the questions that begin so. Whoever shows an answer gets the new one. */
export function forget(beginnings: string[] | null): void {
  for (const question of [...answers.keys()])
    if (!question.startsWith("geo/") && (beginnings === null || beginnings.some((one) => question.startsWith(one)))) answers.delete(question);
  forgetting.forEach((listener) => listener());
}

/** Grows when something was forgotten. */
export function useForgotten(): number {
  const [count, set] = useState(0);
  useEffect(() => {
    const listener = () => set((n) => n + 1);
    forgetting.add(listener);
    return () => void forgetting.delete(listener);
  }, []);
  return count;
}

export interface Answer<T> { data: T | null; error: string | null; busy: boolean }

/** The answer to a question; null asks nothing. While a new one is awaited the old stays. */
export function useAnswer<T>(question: string | null): Answer<T> {
  const [answer, set] = useState<Answer<T>>({ data: null, error: null, busy: question !== null });
  const forgotten = useForgotten();
  useEffect(() => {
    let wanted = true;
    if (question === null) {
      set({ data: null, error: null, busy: false });
      return;
    }
    set((before) => ({ ...before, busy: true }));
    ask<T>(question).then(
      (data) => wanted && set({ data, error: null, busy: false }),
      (error: Error) => wanted && set({ data: null, error: error.message, busy: false }),
    );
    return () => {
      wanted = false;
    };
  }, [question, forgotten]);
  return answer;
}

/** "timeline?from=…": the filters of the state, and what is added. */
export function question(path: string, state: State, more: Record<string, string | number> = {}, dated = true): string {
  const parameters = new URLSearchParams();
  for (const filter of FILTERS) if (state[filter] !== "") parameters.set(filter, state[filter]);
  if (state.asof !== "") parameters.set("as_of", state.asof);
  if (dated && state.from !== "") parameters.set("from", state.from);
  if (dated && state.to !== "") parameters.set("to", state.to);
  for (const [key, value] of Object.entries(more)) if (value !== "") parameters.set(key, String(value));
  const search = parameters.toString();
  return search === "" ? path : `${path}?${search}`;
}

// ------------------------------------------------------------------ the data within a file

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

function within(table: Table, asked: string): unknown {
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
    if (event === undefined) throw missing();
    return event;
  }
  if (name === "reports" && id !== undefined) {
    const report = (table["reports/*"] as ReportAnswer[]).find((one) => one.report.report === id);
    if (report === undefined) throw missing();
    return report;
  }
  const claims = new Map(all.flatMap((one) => one.event.claims.map((claim) => [claim.claim, claim] as const)));
  const filtered = [...wanted.keys()].some((key) => !["limit", "offset"].includes(key));
  const good = new Set([...claims.values()].filter((claim) => !filtered || passes(claim, wanted)).map((one) => one.claim));
  const from = Number(wanted.get("offset") ?? 0);
  const to = from + Number(wanted.get("limit") ?? 1e9);
  if (name === "timeline") return (table.timeline as Line[]).filter((line) => good.has(line.claim)).slice(from, to);
  if (name === "points") {
    const points = table.points as Points;
    const lines = table.timeline as Line[];
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
      reports: (table["reports/*"] as ReportAnswer[]).map((one) => one.report)
        .filter((one) => words.every((word) => fold(`${one.title} ${one.text}`).includes(word))),
      facets: facetsOf(hits),
    };
    return answer;
  }
  if (name === "reports") return (table["reports/*"] as ReportAnswer[]).map((one) => one.report) as Report[];
  if (name === "control" && wanted.has("as_of")) {
    // It changes on days of publication alone; what no day of the file goes before, nobody knew.
    const known = table["control as of"] as Record<string, unknown>;
    const day = Object.keys(known).filter((one) => one <= wanted.get("as_of")!).sort().pop();
    return day === undefined ? [] : known[day];
  }
  if (name === "decisions" && id !== undefined) {
    const event = all.find((one) => one.event.event === id);
    const about = new Set([id, ...(event?.event.claims.map((one) => one.claim) ?? [])]);
    return (table.decisions as Decision[]).filter((one) => one.about.some((target) => about.has(target)));
  }
  if (name === "claims" && id !== undefined) {
    const told = all.flatMap((one) => one.told).find((one) => one.claim === id);
    if (told === undefined) throw missing();
    return { claim: claims.get(id), told };
  }
  if (name === "disputes") return (table.disputes as Dispute[]).filter((one) => !filtered || one.sides.some((side) => good.has(side.claim)));
  if (table[path] === undefined) throw missing();
  return table[path];
}

function pick(claim: Claim) {
  return { event: claim.event, from: claim.from, place: claim.place, plover: claim.plover, status: claim.status, sentence: claim.sentence };
}
