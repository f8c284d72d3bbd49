// Asks the record: over HTTP, or of the data that stand in the page itself (`annals export --as html`).
import { useEffect, useState } from "preact/hooks";
import { Refused, within, type Table } from "./embedded";
import { FILTERS, type State } from "./state";

function readEmbedded(): Table | null {
  const element = document.getElementById("annals-data");
  return element === null ? null : (JSON.parse(element.textContent ?? "{}") as Table);
}

const embedded = readEmbedded();
export const isOneFile = embedded !== null;

export { Refused };

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

/** What a question is refused with where there is no such thing, or was not yet. */
export const NOT_THERE = /nothing with the id|is not in the file/;

/** `of`: the question that `data` or `error` answers. */
export interface Answer<T> { data: T | null; error: string | null; busy: boolean; of: string | null }

/** The answer to a question; null asks nothing. While a new one is awaited the old stays. */
export function useAnswer<T>(question: string | null): Answer<T> {
  const [answer, set] = useState<Answer<T>>({ data: null, error: null, busy: question !== null, of: null });
  const forgotten = useForgotten();
  useEffect(() => {
    let wanted = true;
    if (question === null) {
      set({ data: null, error: null, busy: false, of: null });
      return;
    }
    set((before) => ({ ...before, busy: true }));
    ask<T>(question).then(
      (data) => wanted && set({ data, error: null, busy: false, of: question }),
      (error: Error) => wanted && set({ data: null, error: error.message, busy: false, of: question }),
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

/** The question as known on the day of the state, where it has one. */
export function known(path: string, state: State): string {
  return state.asof === "" ? path : `${path}${path.includes("?") ? "&" : "?"}as_of=${state.asof}`;
}
