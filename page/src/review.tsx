// Deciding: who may, what is sent, and the controls beside a claim or event. Without a write token
// nothing of this is on the page. The token and the reviewer's name stay in this tab (sessionStorage) and
// go out in a header, never in an address.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ask, forget, isOneFile, Refused, useAnswer } from "./data";
import { shortText } from "./days";
import { href } from "./state";
import type { Claim, Decision, Facet } from "./types";
import { STATUS_NAMES, TYPES } from "./words";

export interface Access { review: "closed" | "token" | "open"; token: string; author: string }

let access: Access = { review: "closed", token: "", author: "" };
const listeners = new Set<() => void>();

function set(next: Access) {
  access = next;
  listeners.forEach((listener) => listener());
}

async function askAccess(token: string): Promise<Access["review"]> {
  const reply = await fetch("api/v1/access", { credentials: "same-origin", headers: token === "" ? {} : { "Annals-Write-Token": token } });
  const body = (await reply.json()) as { review?: Access["review"]; error?: { message: string } };
  if (body.error !== undefined || body.review === undefined) throw new Refused(body.error?.message ?? "the server does not say");
  return body.review;
}

async function begin() {
  const token = sessionStorage.getItem("annals write token") ?? "";
  const author = sessionStorage.getItem("annals reviewer") ?? "";
  const review = await askAccess(token).catch(() => (sessionStorage.removeItem("annals write token"), askAccess("")));
  set({ review, token, author });
}
if (!isOneFile) begin().catch(() => undefined);

export function useAccess(): Access {
  const [, renew] = useState(0);
  useEffect(() => {
    const listener = () => renew((n) => n + 1);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return access;
}

export async function signIn(token: string, author: string): Promise<void> {
  if ((await askAccess(token)) !== "open") throw new Refused("this is not the write token");
  sessionStorage.setItem("annals write token", token);
  sessionStorage.setItem("annals reviewer", author);
  set({ review: "open", token, author });
}

export function signOut(): void {
  sessionStorage.removeItem("annals write token");
  set({ review: "token", token: "", author: access.author });
}

// ------------------------------------------------------------------ sending

export interface Wanted { kind: string; ids: string[]; slot?: string; value?: string; reason?: string }

/** Keeps the decisions; the log of them. `after`: the newest decision that was seen of what they are on. */
export async function decide(decisions: Wanted[], after?: number): Promise<Decision[]> {
  const reply = await fetch("api/v1/decisions", {
    method: "POST", credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Annals-Write-Token": access.token },
    body: JSON.stringify({ author: access.author, ...(after === undefined ? {} : { after }), decisions }),
  });
  const body = (await reply.json().catch(() => null)) as Decision[] | { error?: { message?: string } } | null;
  // Also where it was refused because somebody else was quicker: what is shown is out of date then.
  if (reply.ok || reply.status === 409 || reply.status === 404)
    forget(decisions.every((one) => ["accept", "note"].includes(one.kind)) ? ["events/", "claims/", "decisions"] : null);
  if (Array.isArray(body)) return body;
  throw new Refused(body?.error?.message ?? `the server answered ${reply.status}`);
}

/** What was decided on a claim or event, `list` null until that is known: nobody decides before, for what he has
 *  not seen he would overrule. Never that of the one shown before. */
export function useDecisions(question: string | null): { list: Decision[] | null; error: string | null } {
  const { data, error, of } = useAnswer<Decision[]>(question);
  return of === question ? { list: data, error } : { list: null, error: null };
}

/** The newest decision of a list; 0 where nobody has decided. */
export function newest(list: Decision[] | null): number {
  return (list ?? []).reduce((most, one) => Math.max(most, Number(one.decision.slice(1))), 0);
}

// ------------------------------------------------------------------ what may be corrected

const COUNTS = ["killed", "wounded", "captured", "surrendered", "defected", "released", "displaced", "missing", "detained",
  "executed", "strength", "attackers", "protesters", "seized"];
const SLOTS: [string, string, string][] = [
  ["type", "What happened", ""], ["status", "How it is told", ""],
  ["date", "Day", "2015-10-03, 2015-10, 2015-10-01/2015-10-03, unknown"], ["place", "Place", "a name, or a GeoNames number"],
  ["agent", "Who", "a name; several parted by ;"], ["patient", "To whom", "a name; several parted by ;"],
  ["control", "Control changes", ""], ["holder", "Who holds it then", "a name"],
  ...COUNTS.map((one): [string, string, string] => [one, `How many ${one}`, "12, 10-15, 10- (at least), -15 (at most), unknown"]),
  ["mode", "By which means", "a mode of PLOVER"], ["cameo", "CAMEO code", "190"], ["acled", "ACLED type", "Battles/Armed clash"],
];
const CHANGES = ["takes", "loses", "holds", "contests", "shares", "none"];

function valueOf(claim: Claim, slot: string): string {
  const names = (list: Claim["agents"]) => list.map((one) => one.name ?? one.words ?? "").filter(Boolean).join("; ");
  const count = claim.counts.find((one) => one.what === slot);
  switch (slot) {
    case "type": return claim.plover ?? "";
    case "status": return claim.status;
    case "date": return claim.from === claim.to || claim.to === null ? claim.from ?? "" : `${claim.from ?? ""}/${claim.to}`;
    case "place": return claim.place ?? "";
    case "agent": return names(claim.agents);
    case "patient": return names(claim.patients);
    case "control": return claim.control?.change ?? "none";
    case "holder": return claim.control?.holder ?? "";
    case "mode": return claim.mode ?? "";
    case "cameo": return claim.cameo ?? "";
    case "acled": return claim.acled?.filter(Boolean).join("/") ?? "";
    default: return count === undefined ? "" : count.low === count.high ? String(count.low) : `${count.low ?? ""}-${count.high ?? ""}`;
  }
}

function Correct({ claim, done, send }: { claim: Claim; done: () => void; send: (decisions: Wanted[]) => void }) {
  const [slot, setSlot] = useState("type");
  const [value, setValue] = useState(valueOf(claim, "type"));
  const [reason, setReason] = useState("");
  const first = useRef<HTMLSelectElement>(null);
  const { data } = useAnswer<Facet[]>(["place", "agent", "patient", "holder"].includes(slot) ? "facets" : null);
  // At once: the next key may be the first letter of what is written.
  useLayoutEffect(() => first.current?.focus(), []);
  const options = slot === "type" ? Object.entries(TYPES) : slot === "status" ? Object.entries(STATUS_NAMES).filter(([one]) => one !== "rejected")
    : slot === "control" ? CHANGES.map((one) => [one, one]) : null;
  const names = (data ?? []).filter((one) => one.facet === (slot === "place" ? "place" : "actor"));
  const choose = (next: string) => {
    setSlot(next);
    setValue(valueOf(claim, next));
  };
  return (
    <form class="correct" onSubmit={(event) => { event.preventDefault(); send([{ kind: "amend", ids: [claim.claim], slot, value: value.trim() === "" ? "unknown" : value.trim(), ...(reason === "" ? {} : { reason }) }]); }}>
      <label>What is wrong
        <select ref={first} value={slot} onChange={(event) => choose((event.target as HTMLSelectElement).value)}>
          {SLOTS.map(([one, name]) => <option key={one} value={one}>{name}</option>)}
        </select>
      </label>
      <label>What it is
        {options !== null
          ? <select value={value} onChange={(event) => setValue((event.target as HTMLSelectElement).value)}>{options.map(([one, name]) => <option key={one} value={one}>{name}</option>)}</select>
          : <input value={value} list={names.length > 0 ? `names-${claim.claim}` : undefined} placeholder={SLOTS.find(([one]) => one === slot)?.[2]} onInput={(event) => setValue((event.target as HTMLInputElement).value)} />}
        <datalist id={`names-${claim.claim}`}>{names.map((one) => <option key={one.value} value={one.value} />)}</datalist>
      </label>
      <label class="reason">Why <input value={reason} maxLength={1000} onInput={(event) => setReason((event.target as HTMLInputElement).value)} /></label>
      <p class="actions"><button type="submit" class="chief">Keep</button><button type="button" onClick={done}>Leave it</button></p>
    </form>
  );
}

export function Note({ id, done, send }: { id: string; done: () => void; send: (decisions: Wanted[]) => void }) {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  return (
    <form class="correct" onSubmit={(event) => { event.preventDefault(); if (text.trim() !== "") send([{ kind: "note", ids: [id], reason: text.trim() }]); }}>
      <label class="reason">Note <textarea ref={field} rows={3} maxLength={2000} value={text} onInput={(event) => setText((event.target as HTMLTextAreaElement).value)} /></label>
      <p class="actions"><button type="submit" class="chief">Keep</button><button type="button" onClick={done}>Leave it</button></p>
    </form>
  );
}

/** Keys that act on a claim; those of `annals review`. */
export const KEYS: Record<string, string> = { a: "accept", r: "reject", c: "correct", n: "note" };

/** Whether the key is meant for the claim, and not typed into a field. */
export function isKey(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && (event.target as HTMLElement).closest("input, textarea, select") === null;
}

export type Doing = "" | "correct" | "note";

/** The buttons beside one claim. */
export function ClaimControls({ claim, send, doing, setDoing, children }: { claim: Claim; send: (decisions: Wanted[]) => void; doing: Doing; setDoing: (doing: Doing) => void; children?: ComponentChildren }) {
  const rejected = claim.status === "rejected";
  return (
    <div class="review">
      <p class="actions">
        <button type="button" onClick={() => send([{ kind: "accept", ids: [claim.claim] }])}>Accept</button>
        <button type="button" disabled={rejected} onClick={() => send([{ kind: "reject", ids: [claim.claim] }])}>Reject</button>
        <button type="button" aria-expanded={doing === "correct"} onClick={() => setDoing(doing === "correct" ? "" : "correct")}>Correct</button>
        <button type="button" aria-expanded={doing === "note"} onClick={() => setDoing(doing === "note" ? "" : "note")}>Note</button>
        {children}
      </p>
      {doing === "correct" && <Correct claim={claim} done={() => setDoing("")} send={send} />}
      {doing === "note" && <Note id={claim.claim} done={() => setDoing("")} send={send} />}
    </div>
  );
}

/** What a decision did, said aloud; an error as an alert. */
export function Said({ text, error }: { text: string; error: string }) {
  return (
    <>
      <p class="said" role="status">{text}</p>
      {error !== "" && <p class="said wrong" role="alert">{error}</p>}
    </>
  );
}

// ------------------------------------------------------------------ the log

const DEEDS: Record<string, string> = { accept: "accepted", reject: "rejected", amend: "corrected", merge: "merged", split: "split off", note: "noted", undo: "undid" };

export function deedOf(kind: string): string {
  return DEEDS[kind] ?? kind;
}

/** Decisions in their order; each that holds can be undone by who may decide. */
export function DecisionList({ list, undo, follow }: { list: Decision[]; undo?: (id: string) => void; follow?: (event: Event, claim: string) => boolean }) {
  const open = async (event: Event, id: string) => {
    if (follow?.(event, id)) return;
    if (id[0] !== "c") return;
    event.preventDefault();
    const found = await ask<{ told: { report: string } }>(`claims/${id}`).catch(() => null);
    if (found !== null) location.hash = href({ report: found.told.report, claim: id }).slice(1);
  };
  return (
    <ol class="decisions">
      {list.map((one) => (
        <li key={one.decision} class={one.state === "holds" ? "" : "undone"}>
          <span class="deed"><b>{one.author}</b> {deedOf(one.kind)}{one.undoes !== null && ` ${one.undoes}`}{one.slot !== null && <> {one.slot}: {one.was !== null && <><s>{one.was}</s> → </>}<span>{one.value ?? "unknown"}</span></>}</span>
          {one.about.slice(0, 6).map((id) => <> <a key={id} href={id[0] === "e" ? href({ view: "record", event: id, report: "", claim: "" }) : id[0] === "r" ? href({ report: id, claim: "" }) : `#${id}`} onClick={(event) => open(event, id)}>{id[0] === "e" ? "event" : id[0] === "r" ? "report" : "sentence"}</a></>)}
          {one.reason !== null && <q>{one.reason}</q>}
          <small> {one.decision}, {shortText(one.decided?.slice(0, 10))}{one.state !== "holds" && `, ${one.state}`}</small>
          {undo !== undefined && one.state === "holds" && one.kind !== "undo" && <button type="button" class="plain" onClick={() => undo(one.decision)}>Undo<span class="unseen"> {one.decision}</span></button>}
        </li>
      ))}
    </ol>
  );
}
