// One event: what is known, the figures by source and day of report, every sentence with its speaker
// and status, disputes side by side.
import { useEffect, useState } from "preact/hooks";
import { ask, known, NOT_THERE, question, Refused, useAnswer } from "./data";
import { shortText } from "./days";
import { fullStop } from "./chronicle";
import { ClaimControls, decide, DecisionList, deedOf, isKey, KEYS, newest, Note, Said, useAccess, useDecisions, type Doing, type Wanted } from "./review";
import { EVERYTHING, go, href, type State } from "./state";
import type { Claim, Decision, Dispute, EventAnswer, Figure, Line, Told } from "./types";
import { disputeTitle, number, party, plural, range, STATUS_NAMES, typeName } from "./words";

interface Witness { claim: Claim; told: Told }

/** The claims with what tells them, in the order of the reports' days. */
function witnesses(answer: EventAnswer): Witness[] {
  const told = new Map(answer.told.map((one) => [one.claim, one]));
  return answer.event.claims
    .map((claim) => ({ claim, told: told.get(claim.claim)! }))
    .filter((one) => one.told !== undefined)
    .sort((a, b) => (a.told.published ?? "9999").localeCompare(b.told.published ?? "9999"));
}

export function Sentence({ claim }: { claim: Claim }) {
  if (claim.sentence === null) return null;
  const points = Array.from(claim.sentence);
  const [start, stop] = claim.trigger ?? [0, 0];
  return (
    <blockquote>
      {points.slice(0, start).join("")}
      {stop > start && <mark>{points.slice(start, stop).join("")}</mark>}
      {points.slice(stop).join("")}
    </blockquote>
  );
}

function speakers(claim: Claim): string {
  return claim.according_to.map(party).join(", citing ");
}

// ------------------------------------------------------------------ figures

const PEOPLE: Record<string, string> = {
  civilian: "civilians", combatant: "fighters", "security force": "security forces", prisoner: "prisoners",
  "foreign fighter": "foreign fighters", family: "families", child: "children",
};

const LEFT_OUT: Record<string, string> = {
  "longer time": "of a longer time", before: "of an earlier day", "long before": "of long before",
};

/** Figures that somebody gave, of all sides together; of one side where only it is counted. */
function figuresOf(answer: EventAnswer): Figure[] {
  const said = answer.event.figures.filter((one) => one.by.length > 0);
  const whole = new Set(said.filter((one) => one.side === null).map((one) => one.what));
  return said.filter((one) => one.side === null || !whole.has(one.what));
}

const FOLDED = 6;

function FigureView({ figure, sides }: { figure: Figure; sides: Figure[] }) {
  const [all, setAll] = useState(false);
  const said = [...figure.by].sort((a, b) => (a.published ?? "9999").localeCompare(b.published ?? "9999"));
  const most = Math.max(1, ...said.flatMap((one) => [one.low ?? 0, one.high ?? 0]));
  const scale = (value: number) => (100 * value) / most;
  // Of many, and of those that do not count, a number is enough until somebody asks.
  const counted = said.filter((one) => one.left_out === null);
  const folds = said.length > counted.length + FOLDED || counted.length > 2 * FOLDED;
  const shown = folds && !all ? counted.slice(0, 2 * FOLDED) : said;
  const side = new Map(sides.flatMap((one) => one.by.map((also) => [also.claim, one.side] as const)));
  return (
    <section class="figure" aria-label={`Figures: ${figure.what}`}>
      <h4>{figure.what}{figure.side !== null && ` (${PEOPLE[figure.side] ?? figure.side})`} <strong>{range(figure.low, figure.high)}</strong>{figure.best !== null && figure.low !== figure.high && <small>, best {number(figure.best)}</small>}</h4>
      <ul>
        {shown.map((one, at) => (
          <li key={at}>
            <a class={one.left_out !== null ? "out" : ""} href={`#${one.claim}`} data-follow={one.claim} onClick={(event) => follow(event, one.claim)}>
              <span class="who">{one.according_to.length > 0 ? <>{one.according_to.join(", citing ")} <small>in {one.source}</small></> : one.source}</span>
              <span class="number">{range(one.low, one.high)}{(side.get(one.claim) ?? null) !== null && <small> {PEOPLE[side.get(one.claim)!] ?? side.get(one.claim)}</small>}</span>
              <span class="day">{shortText(one.published) || "undated"}</span>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <line x1="0" x2="100" y1="4" y2="4" class="scale" />
                <rect x={Math.min(98.4, scale(one.low ?? 0))} width={Math.max(1.6, scale(one.high ?? most) - scale(one.low ?? 0))} y="1" height="6" class={one.low === null || one.high === null ? "open" : ""} />
              </svg>
              {one.left_out !== null && <span class="by">does not count: {LEFT_OUT[one.left_out] ?? one.left_out}</span>}
            </a>
          </li>
        ))}
      </ul>
      {folds && <button type="button" class="plain more" aria-expanded={all} onClick={() => setAll(!all)}>{all ? "Fewer" : `and ${number(said.length - shown.length)} more${said.length > counted.length ? `, of which ${number(said.length - counted.length)} ${said.length - counted.length === 1 ? "does" : "do"} not count` : ""}`}</button>}
    </section>
  );
}

/** Goes to the sentence behind a figure. */
function follow(event: Event, claim: string) {
  event.preventDefault();
  const element = document.getElementById(`claim-${claim}`);
  element?.scrollIntoView({ block: "center" });
  element?.focus({ preventScroll: true });
}

// ------------------------------------------------------------------ sentences

/** What a reviewer has at hand; null for readers. */
interface Desk { send: (decisions: Wanted[]) => void; chosen: Set<string>; choose: (claim: string) => void; several: boolean }

function WitnessView({ witness, marked, desk }: { witness: Witness; marked: boolean; desk: Desk | null }) {
  const { claim, told } = witness;
  const [doing, setDoing] = useState<Doing>("");
  const press = (event: KeyboardEvent) => {
    const deed = KEYS[event.key];
    if (desk === null || deed === undefined || !isKey(event)) return;
    event.preventDefault();
    if (deed === "correct" || deed === "note") setDoing(deed);
    else desk.send([{ kind: deed, ids: [claim.claim] }]);
  };
  return (
    <article class={`witness ${claim.status}`} id={`claim-${claim.claim}`} tabIndex={desk === null ? -1 : 0} data-marked={marked ? "true" : undefined} onKeyDown={press}>
      <Sentence claim={claim} />
      <p class="source">
        {claim.according_to.length > 0 && <><b>{speakers(claim)}</b>, in </>}
        <cite>{told.source}</cite>{told.published !== null ? `, ${shortText(told.published)}` : ", undated"}
        <span class={`status ${claim.status}`}>{STATUS_NAMES[claim.status] ?? claim.status}</span>
      </p>
      <p class="links">
        <span>{typeName(claim.plover, claim.mode)}{told.when !== null && `, ${told.when}`}{claim.place !== null && `, ${claim.place}`}</span>
        <a href={href({ report: told.report, claim: claim.claim })}>Read in the report</a>
      </p>
      {told.copy_of !== null && <p class="copy">Prints the text of another report: together they are one witness.</p>}
      {desk !== null && (
        <>
          <ClaimControls claim={claim} send={(decisions) => { setDoing(""); desk.send(decisions); }} doing={doing} setDoing={setDoing}>
            {desk.several && <label class="choose"><input type="checkbox" checked={desk.chosen.has(claim.claim)} onChange={() => desk.choose(claim.claim)} />is of another event</label>}
          </ClaimControls>
        </>
      )}
    </article>
  );
}

/** What a side says, in a few words; null where the sentence below says it itself. */
function says(side: Dispute["sides"][number]): string | null {
  const words = STATUS_NAMES[side.says] ?? side.says.replace(/\.$/, "");
  return words.length > 40 && side.sentence?.includes(words) ? null : words;
}

/** Two or more sides of one question, beside one another. */
export function DisputeView({ dispute, open }: { dispute: Dispute; open: (event: Event, claim: string) => void }) {
  return (
    <section class="dispute">
      <h4>{disputeTitle(dispute.kind, dispute.about)}{dispute.place !== null && dispute.place !== dispute.about && ` · ${dispute.place}`}{dispute.date !== null && ` · ${shortText(dispute.date)}`}</h4>
      <ul>
        {dispute.sides.map((side) => (
          <li key={side.claim}>
            <p>{says(side) !== null && <b>{says(side)}</b>}{side.according_to !== null && <>{says(side) === null ? "According to" : ", according to"} {side.according_to}</>}</p>
            {side.sentence !== null && <blockquote><a href={`#${side.claim}`} onClick={(event) => open(event, side.claim)}>{side.sentence}</a></blockquote>}
            <small>{side.source}{side.published !== null && `, ${shortText(side.published)}`}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Disputes({ state, event }: { state: State; event: EventAnswer["event"] }) {
  // Only of the event's own days: those of a whole large record take long to find.
  const wanted = new URLSearchParams({ limit: "300", ...(event.from && event.to ? { from: event.from, to: event.to } : {}), ...(state.asof === "" ? {} : { as_of: state.asof }) });
  const whole = useAnswer<Dispute[]>(event.disputed ? `disputes?${wanted}` : null);
  // Too many acts for one question: those of its place alone.
  const refused = whole.error !== null && event.place !== null;
  const near = useAnswer<Dispute[]>(refused ? `disputes?${wanted}&place=${encodeURIComponent(event.place!)}` : null);
  const { data, error } = refused ? near : whole;
  if (error !== null && event.from !== null)
    return <section class="disputes" aria-label="Where the reports disagree"><h3>Where they disagree</h3><p role="alert">Too much happened in these days to compare it all at once. <a href={href({ view: "disputes", event: "", from: event.from, to: event.to ?? event.from, place: event.place ?? "" })}>Compare day by day</a></p></section>;
  const mine = (data ?? []).filter((one) => one.sides.some((side) => side.event === state.event));
  if (mine.length === 0) return null;
  return (
    <section class="disputes" aria-label="Where the reports disagree">
      <h3>Where they disagree</h3>
      {mine.map((one, at) => <DisputeView key={at} dispute={one} open={follow} />)}
    </section>
  );
}

/** What people decided on the event and its claims. */
function Decisions({ list, undo }: { list: Decision[]; undo?: (id: string) => void }) {
  if (list.length === 0) return null;
  return (
    <section aria-label="What people decided">
      <h3>What people decided</h3>
      <DecisionList list={list} undo={undo} follow={(event, id) => id[0] === "c" && document.getElementById(`claim-${id}`) !== null && (follow(event, id), true)} />
    </section>
  );
}

// ------------------------------------------------------------------ merging

/** Events of about the same days, those of the same place first: which of them are this one? */
function Merge({ event, done, send }: { event: EventAnswer["event"]; done: () => void; send: (decisions: Wanted[]) => void }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const day = (text: string, shift: number) => new Date(Date.parse(text) + shift * 86400000).toISOString().slice(0, 10);
  const days: Record<string, string> = event.from === null ? {} : { from: day(event.from, -4), to: day(event.to ?? event.from, 4) };
  const { data, error } = useAnswer<Line[]>(question("timeline", { ...EVERYTHING, place: event.from === null ? event.place ?? "" : "" }, { ...days, limit: 200 }));
  const others = new Map<string, Line>();
  for (const line of data ?? []) if (line.event !== event.event && !others.has(line.event)) others.set(line.event, line);
  const list = [...others.values()].sort((a, b) => Number(b.place === event.place) - Number(a.place === event.place)).slice(0, 40);
  return (
    <form class="correct merge" onSubmit={(submit) => { submit.preventDefault(); if (chosen.length > 0) send([{ kind: "merge", ids: [event.event, ...chosen] }]); }}>
      <fieldset>
        <legend>Which are the same event?</legend>
        {error !== null && <p role="alert">{error}</p>}
        {data !== null && list.length === 0 && <p>No other event is told of these days.</p>}
        <ul>
          {list.map((line) => (
            <li key={line.event}><label><input type="checkbox" checked={chosen.includes(line.event)} onChange={() => setChosen(chosen.includes(line.event) ? chosen.filter((one) => one !== line.event) : [...chosen, line.event])} />
              <span>{fullStop(line.line)} <small>{[line.place, line.when, line.source].filter(Boolean).join(" · ")}</small></span></label></li>
          ))}
        </ul>
      </fieldset>
      <p class="actions"><button type="submit" class="chief" disabled={chosen.length === 0}>Merge</button><button type="button" onClick={done}>Leave it</button></p>
    </form>
  );
}

/** Where the event is now whose claims these were: a decision may give it another id. */
async function settle(claims: string[], before: string): Promise<void> {
  for (const claim of claims) {
    const found = await ask<{ claim: Claim }>(`claims/${claim}`).catch(() => null);
    const event = found?.claim.event;
    if (event === null || event === undefined) continue;
    if (event !== before) go({ event }, true);
    return;
  }
}

export function EventView({ state }: { state: State }) {
  const { data, error, busy } = useAnswer<EventAnswer>(known(`events/${state.event}`, state));
  const access = useAccess();
  // Who decides sees all that was decided before.
  const decisions = useDecisions(access.review === "open" ? `decisions/${state.event}` : known(`decisions/${state.event}`, state));
  const [chosen, setChosen] = useState<Set<string>>(new Set());
  const [doing, setDoing] = useState<"" | "merge" | "note">("");
  const [said, setSaid] = useState({ text: "", error: "" });
  useEffect(() => {
    setChosen(new Set());
    setDoing("");
  }, [state.event]);
  useEffect(() => {
    if (data === null || state.claim === "") return;
    document.getElementById(`claim-${state.claim}`)?.scrollIntoView({ block: "nearest" });
    document.querySelector(".side")?.scrollTo({ top: 0 });
  }, [data?.event.event]);
  if (error !== null && state.asof !== "" && NOT_THERE.test(error))
    return <div class="event"><Back /><p role="alert">No report had told of this event by {shortText(state.asof)}. <a href={href({ asof: "" })}>Show what is known of it today</a></p></div>;
  if (error !== null) return <div class="event"><Back /><p role="alert">{error.slice(0, 1).toUpperCase() + error.slice(1)}. It may have become another: events are joined anew as reports come in.</p></div>;
  if (data === null || (busy && data.event.event !== state.event)) return <p class="none" aria-busy="true">Reading…</p>;
  const { event } = data;
  const list = witnesses(data);
  const lead = list.find((one) => one.claim.claim === state.claim) ?? list.find((one) => one.claim.claim === event.claims[0].claim) ?? list[0];
  const figures = figuresOf(data);
  const sides = event.figures.filter((one) => one.side !== null);
  const reports = new Set(list.map((one) => one.told.report)).size;
  const send = async (wanted: Wanted[]) => {
    setDoing("");
    setSaid({ text: "", error: "" });
    const gone = new Set(wanted.filter((one) => one.kind === "reject" || one.kind === "split").flatMap((one) => one.ids));
    try {
      const kept = await decide(wanted, newest(decisions.list));
      setSaid({ text: `${deedOf(wanted[0].kind)}${wanted[0].slot ? ` ${wanted[0].slot}` : ""}: ${kept.map((one) => one.decision).join(", ")}`, error: "" });
      await settle([...list.map((one) => one.claim.claim).filter((id) => !gone.has(id)), ...gone], state.event);
    } catch (reason) {
      setSaid({ text: "", error: (reason as Refused).message });
    }
  };
  const choose = (claim: string) => setChosen((before) => {
    const next = new Set(before);
    if (!next.delete(claim)) next.add(claim);
    return next;
  });
  const desk: Desk | null = access.review === "open" && decisions.list !== null ? { send, chosen, choose, several: list.length > 1 } : null;
  return (
    <div class="event">
      <Back />
      <header>
        <p class="kicker">{typeName(event.plover, event.mode)}{event.place !== null && ` · ${event.place}`}{event.admin1 !== null && event.admin1 !== event.place && `, ${event.admin1}`}</p>
        <h2>{lead.told.mark !== null && <em class="mark">{lead.told.mark}: </em>}{fullStop(lead.told.line)}</h2>
        <p class="when">{data.when ?? "Undated"} · {plural(list.length, "sentence")} in {plural(reports, "report")}{event.disputed && <span class="status disputed">disputed</span>}</p>
      </header>
      {desk !== null && (
        <div class="review whole">
          <p class="actions">
            <button type="button" aria-expanded={doing === "merge"} onClick={() => setDoing(doing === "merge" ? "" : "merge")}>Merge with…</button>
            <button type="button" disabled={chosen.size === 0 || chosen.size >= list.length} onClick={() => send([{ kind: "split", ids: [event.event, ...chosen] }])}>{chosen.size > 0 ? `Split off ${plural(chosen.size, "sentence")}` : "Split off"}</button>
            <button type="button" aria-expanded={doing === "note"} onClick={() => setDoing(doing === "note" ? "" : "note")}>Note</button>
          </p>
          {doing === "merge" && <Merge event={event} done={() => setDoing("")} send={send} />}
          {doing === "note" && <Note id={event.event} done={() => setDoing("")} send={send} />}
          <Said text={said.text} error={said.error} />
        </div>
      )}
      {figures.length > 0 && <section class="figures"><h3>Figures, by source and day of report</h3>{figures.map((one) => <FigureView key={`${one.what} ${one.side}`} figure={one} sides={sides.filter((side) => side.what === one.what)} />)}</section>}
      <Disputes state={state} event={event} />
      <Decisions list={decisions.list ?? []} undo={desk === null ? undefined : (id) => send([{ kind: "undo", ids: [id] }])} />
      <section class="witnesses">
        <h3>Who says what</h3>
        {list.map((one) => <WitnessView key={one.claim.claim} witness={one} marked={one.claim.claim === state.claim} desk={desk} />)}
      </section>
      {(event.joins.length > 0 || event.copies.length > 0) && (
        <details class="why">
          <summary>Why these reports are one event</summary>
          <ul>
            {event.joins.map((join, at) => <li key={at}>{join.report} and {join.other}{join.words !== null && <>: both have <q>{join.words}</q></>}</li>)}
            {event.copies.map((copy) => <li key={copy}>{copy}</li>)}
          </ul>
        </details>
      )}
    </div>
  );
}

function Back() {
  return <p class="back"><a href={href({ event: "", claim: "" })}>← All events</a></p>;
}
