// One event: what is known, the figures by source and day of report, every sentence with its speaker
// and status, disputes side by side.
import { useEffect } from "preact/hooks";
import { useAnswer } from "./data";
import { shortText } from "./days";
import { fullStop } from "./chronicle";
import { href, type State } from "./state";
import type { Claim, Count, EventAnswer, Told } from "./types";
import { number, party, plural, range, STATUS_NAMES, typeName } from "./words";

interface Witness { claim: Claim; told: Told }

/** The claims with what tells them, in the order of the reports' days. */
function witnesses(answer: EventAnswer, asof: string): Witness[] {
  const told = new Map(answer.told.map((one) => [one.claim, one]));
  return answer.event.claims
    .map((claim) => ({ claim, told: told.get(claim.claim)! }))
    .filter((one) => one.told !== undefined && (asof === "" || (one.told.published !== null && one.told.published <= asof)))
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

interface Said { count: Count; witness: Witness }

function figures(list: Witness[]): Map<string, Said[]> {
  const found = new Map<string, Said[]>();
  for (const witness of list)
    for (const count of witness.claim.counts) {
      if (count.low === null && count.high === null) continue;
      const what = count.what;
      if (!found.has(what)) found.set(what, []);
      found.get(what)!.push({ count, witness });
    }
  return found;
}

function Figure({ what, said }: { what: string; said: Said[] }) {
  const ends = said.flatMap((one) => [one.count.low ?? one.count.high!, one.count.high ?? one.count.low!]);
  const least = Math.min(...ends), most = Math.max(...ends);
  const scale = (value: number) => (most === 0 ? 0 : (100 * value) / most);
  return (
    <section class="figure" aria-label={`Figures: ${what}`}>
      <h4>{what} <strong>{least === most ? number(most) : `${number(least)} to ${number(most)}`}</strong> <small>as {plural(said.length, "sentence")} {said.length === 1 ? "has" : "have"} it</small></h4>
      <ul>
        {said.map(({ count, witness }, at) => {
          const low = count.low ?? 0, high = count.high ?? most;
          return (
            <li key={at}>
              <a href={`#${witness.claim.claim}`} data-follow={witness.claim.claim} onClick={(event) => follow(event, witness.claim.claim)}>
                <span class="who">{witness.claim.according_to.length > 0 ? <>{speakers(witness.claim)} <small>in {witness.told.source}</small></> : witness.told.source}</span>
                <span class="number">{range(count.low, count.high)}{count.who !== null && count.who !== "unknown" && <small> {PEOPLE[count.who] ?? count.who}</small>}</span>
                <span class="day">{shortText(witness.told.published) || "undated"}</span>
                <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                  <line x1="0" x2="100" y1="4" y2="4" class="scale" />
                  <rect x={Math.min(98.4, scale(low))} width={Math.max(1.6, scale(high) - scale(low))} y="1" height="6" class={count.low === null || count.high === null ? "open" : ""} />
                </svg>
              </a>
            </li>
          );
        })}
      </ul>
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

function WitnessView({ witness, marked }: { witness: Witness; marked: boolean }) {
  const { claim, told } = witness;
  return (
    <article class={`witness ${claim.status}`} id={`claim-${claim.claim}`} tabIndex={-1} data-marked={marked ? "true" : undefined}>
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
    </article>
  );
}

const AGAINST = ["denied", "negated", "disputed"];

function Disputes({ list }: { list: Witness[] }) {
  const against = list.filter((one) => AGAINST.includes(one.claim.status));
  if (against.length === 0) return null;
  // What is set against a denial: other claims of the same kind.
  const kinds = new Set(against.map((one) => one.claim.plover));
  const side = list.filter((one) => !AGAINST.includes(one.claim.status) && kinds.has(one.claim.plover));
  if (side.length === 0) return null;
  const Side = ({ title, all }: { title: string; all: Witness[] }) => (
    <div>
      <h4>{title}</h4>
      <ul>
        {all.slice(0, 6).map(({ claim, told }) => (
          <li key={claim.claim}>
            <a href={`#${claim.claim}`} onClick={(event) => follow(event, claim.claim)}>{fullStop(told.line)}</a>
            <small>{claim.according_to.length > 0 ? `${speakers(claim)}, in ` : ""}{told.source}{told.published !== null && `, ${shortText(told.published)}`}</small>
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <section class="disputes" aria-label="Where the reports disagree">
      <h3>Where they disagree</h3>
      <div><Side title="Told" all={side} /><Side title="Denied or disputed" all={against} /></div>
    </section>
  );
}

export function EventView({ state }: { state: State }) {
  const { data, error, busy } = useAnswer<EventAnswer>(`events/${state.event}`);
  useEffect(() => {
    if (data === null || state.claim === "") return;
    document.getElementById(`claim-${state.claim}`)?.scrollIntoView({ block: "nearest" });
    document.querySelector(".side")?.scrollTo({ top: 0 });
  }, [data?.event.event]);
  if (error !== null) return <p class="none" role="alert">{error}</p>;
  if (data === null || (busy && data.event.event !== state.event)) return <p class="none" aria-busy="true">Reading…</p>;
  const { event } = data;
  const list = witnesses(data, state.asof);
  if (list.length === 0)
    return <div class="event"><Back /><p class="none">No report told of this event by {shortText(state.asof)}.</p></div>;
  const lead = list.find((one) => one.claim.claim === state.claim) ?? list.find((one) => one.claim.claim === event.claims[0].claim) ?? list[0];
  const said = figures(list);
  const reports = new Set(list.map((one) => one.told.report)).size;
  return (
    <div class="event">
      <Back />
      <header>
        <p class="kicker">{typeName(event.plover, event.mode)}{event.place !== null && ` · ${event.place}`}{event.admin1 !== null && event.admin1 !== event.place && `, ${event.admin1}`}</p>
        <h2>{lead.told.mark !== null && <em class="mark">{lead.told.mark}: </em>}{fullStop(lead.told.line)}</h2>
        <p class="when">{data.when ?? "Undated"} · {plural(list.length, "sentence")} in {plural(reports, "report")}{event.disputed && <span class="status disputed">disputed</span>}</p>
      </header>
      {said.size > 0 && <section class="figures"><h3>Figures, by source and day of report</h3>{[...said].map(([what, all]) => <Figure key={what} what={what} said={all} />)}</section>}
      <Disputes list={list} />
      <section class="witnesses">
        <h3>Who says what</h3>
        {list.map((one) => <WitnessView key={one.claim.claim} witness={one} marked={one.claim.claim === state.claim} />)}
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
