// The report reader: the text with what was found in it as quiet highlights; click a highlight to see
// what was coded, click a claim to see the words.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Sentence } from "./event";
import { fullStop } from "./chronicle";
import { known, NOT_THERE, useAnswer } from "./data";
import { shortText } from "./days";
import { ClaimControls, decide, DecisionList, deedOf, isKey, KEYS, newest, Said, useAccess, useDecisions, type Doing, type Wanted } from "./review";
import { go, href, type State } from "./state";
import type { Mark, ReportAnswer } from "./types";
import { party, plural, range, STATUS_NAMES, teller, typeName } from "./words";

const KINDS = ["claim", "place", "time", "actor", "speaker"] as const;
const KIND_NAMES: Record<string, string> = { claim: "Claims", place: "Places", time: "Times", actor: "Actors", speaker: "Who says so" };
const INLINE = ["claim", "place", "time", "actor", "speaker", "cue", "count"];

interface Piece { text: string; marks: Mark[]; start: number }

/** The text cut wherever a mark begins or ends. */
function piecesOf(points: string[], marks: Mark[], from: number, to: number): Piece[] {
  const inside = marks.filter((mark) => INLINE.includes(mark.kind) && mark.stop > from && mark.start < to);
  const cuts = [...new Set([from, to, ...inside.flatMap((mark) => [Math.max(from, mark.start), Math.min(to, mark.stop)])])].sort((a, b) => a - b);
  const found: Piece[] = [];
  for (let i = 0; i + 1 < cuts.length; i++)
    found.push({
      start: cuts[i], text: points.slice(cuts[i], cuts[i + 1]).join(""),
      marks: inside.filter((mark) => mark.start <= cuts[i] && mark.stop >= cuts[i + 1]),
    });
  return found;
}

/** The lines of a block that hold anything. */
function paragraphsOf(points: string[], block: Mark): [number, number][] {
  const found: [number, number][] = [];
  for (let from = block.start; from < block.stop;) {
    let to = points.indexOf("\n", from);
    if (to < 0 || to > block.stop) to = block.stop;
    if (points.slice(from, to).some((one) => one.trim() !== "")) found.push([from, to]);
    from = to + 1;
  }
  return found;
}

function describe(mark: Mark): string {
  switch (mark.kind) {
    case "place": return `Place: ${mark.name}${mark.detail !== null ? `, ${mark.detail}` : ""}${mark.more !== null ? ` (${mark.more})` : ", not found in the gazetteer"}`;
    case "time": return mark.detail !== null ? `Time: ${shortText(mark.detail)}${mark.more !== null && mark.more !== mark.detail ? ` to ${shortText(mark.more)}` : ""}` : `Time: ${mark.name ?? "not resolved"}`;
    case "actor": return `Actor: ${mark.name} (${mark.detail}${mark.more !== null ? `, ${mark.more}` : ""})`;
    case "speaker": return `Who says so: ${mark.name ?? "as written"}`;
    case "cue": return "The word that says who says so";
    case "count": return `Figure: ${mark.name}${mark.detail !== null ? `, ${mark.detail}` : ""}`;
    default: return `Claim: ${typeName(mark.name, mark.detail)}, ${STATUS_NAMES[mark.more ?? ""] ?? mark.more}`;
  }
}

function Text({ answer, state, kinds, seen, see }: { answer: ReportAnswer; state: State; kinds: Set<string>; seen: Mark | null; see: (mark: Mark | null) => void }) {
  const text = answer.report.text ?? "";
  const points = useMemo(() => Array.from(text), [text]);
  const blocks = useMemo(() => {
    const found = answer.marks.filter((mark) => mark.kind === "block");
    return found.length > 0 ? found : [{ kind: "block", start: 0, stop: points.length, detail: "body", name: null, more: null, claim: null }];
  }, [answer]);
  const sentences = useMemo(() => answer.marks.filter((mark) => mark.kind === "sentence"), [answer]);
  const shown = useMemo(() => answer.marks.filter((mark) => kinds.has(mark.kind) || (mark.claim !== null && mark.claim === state.claim)), [answer, kinds, state.claim]);
  const trigger = answer.marks.find((mark) => mark.kind === "claim" && mark.claim === state.claim);
  const home = trigger && sentences.find((one) => one.start <= trigger.start && one.stop >= trigger.stop);
  const choose = (marks: Mark[]) => {
    const claim = marks.find((mark) => mark.kind === "claim");
    see(marks[marks.length - 1]);
    if (claim !== undefined && claim.claim !== null) go({ claim: claim.claim });
  };
  return (
    <div class="text">
      {blocks.map((block) => (
        <div key={block.start} class={`block ${block.detail ?? "body"}`}>{paragraphsOf(points, block).map(([from, to]) => <p key={from}>
          {piecesOf(points, home ? [...shown, { ...home, kind: "count", name: "home" }] : shown, from, to).map((piece) => {
            const marks = piece.marks.filter((mark) => mark.name !== "home");
            const at = piece.marks.length > marks.length;
            if (marks.length === 0) return at ? <span key={piece.start} class="home">{piece.text}</span> : piece.text;
            const chosen = marks.some((mark) => mark.kind === "claim" && mark.claim === state.claim);
            const names = [...new Set(marks.map((mark) => mark.kind))].join(" ");
            const button = marks.some((mark) => mark.kind === "claim");
            return (
              <mark key={piece.start} class={`${names}${at ? " home" : ""}${chosen ? " chosen" : ""}${seen !== null && marks.includes(seen) ? " seen" : ""}`}
                title={marks.map(describe).join("\n")} data-claim={marks.find((mark) => mark.kind === "claim")?.claim ?? undefined}
                {...(button ? { role: "button", tabIndex: 0, onKeyDown: (event: KeyboardEvent) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose(marks)) } : {})}
                onClick={() => choose(marks)}>{piece.text}</mark>
            );
          })}
        </p>)}</div>
      ))}
    </div>
  );
}

function Coded({ answer, state }: { answer: ReportAnswer; state: State }) {
  const one = answer.claims.find((found) => found.claim.claim === state.claim);
  const decisions = useDecisions(one === undefined ? null : `decisions/${state.claim}`);
  const access = useAccess();
  const [doing, setDoing] = useState<Doing>("");
  const [said, setSaid] = useState({ text: "", error: "" });
  useEffect(() => {
    setDoing("");
    setSaid({ text: "", error: "" });
  }, [state.claim]);
  if (one === undefined) return null;
  const { claim, told } = one;
  const send = (wanted: Wanted[]) => {
    setDoing("");
    decide(wanted, newest(decisions.list)).then(
      (kept) => setSaid({ text: `${deedOf(wanted[0].kind)}: ${kept.map((log) => log.decision).join(", ")}`, error: "" }),
      (reason: Error) => setSaid({ text: "", error: reason.message }),
    );
  };
  const open = access.review === "open" && decisions.list !== null;
  const press = (event: KeyboardEvent) => {
    const deed = KEYS[event.key];
    if (!open || deed === undefined || !isKey(event)) return;
    event.preventDefault();
    if (deed === "correct" || deed === "note") setDoing(deed);
    else send([{ kind: deed, ids: [claim.claim] }]);
  };
  const rows: [string, string | null][] = [
    ["What", typeName(claim.plover, claim.mode)],
    ["Who", claim.agents.map(party).join(", ") || null],
    ["To whom", claim.patients.map(party).join(", ") || null],
    ["With", claim.instruments.map(party).join(", ") || null],
    ["Where", [claim.place, claim.admin1 !== claim.place ? claim.admin1 : null, claim.country].filter(Boolean).join(", ") || null],
    ["When", told.when],
    ["How many", claim.counts.map((count) => `${range(count.low, count.high)} ${count.who && count.who !== "unknown" ? `${count.who} ` : ""}${count.what}`).join("; ") || null],
    ["Who says so", claim.according_to.map(party).join(", citing ") || teller(told)],
    ["Told as", STATUS_NAMES[claim.status] ?? claim.status],
    ["Control", claim.control === null ? null : `${claim.control.holder ?? "somebody"} ${claim.control.change} ${claim.control.place ?? ""}`],
    ["Codes", [claim.plover, claim.mode, claim.cameo && `CAMEO ${claim.cameo}`, claim.acled?.join(", ")].filter(Boolean).join(" · ") || null],
  ];
  return (
    <section class="coded" aria-label="The coded claim" aria-live="polite" onKeyDown={press}>
      <h3>{fullStop(told.line)}</h3>
      <dl>{rows.map(([name, value]) => value !== null && <><dt key={name}>{name}</dt><dd>{value}</dd></>)}</dl>
      <Sentence claim={claim} />
      {claim.event !== null && <p><a href={href({ report: "", event: claim.event })}>What other reports say of it</a></p>}
      {open && <><ClaimControls claim={claim} send={send} doing={doing} setDoing={setDoing} /><Said text={said.text} error={said.error} /></>}
      {(decisions.list ?? []).length > 0 && <><h3 class="trail">What people decided</h3><DecisionList list={decisions.list!} undo={open ? (id) => send([{ kind: "undo", ids: [id] }]) : undefined} follow={(event, id) => id === state.claim && (event.preventDefault(), true)} /></>}
    </section>
  );
}

export function ReportView({ state }: { state: State }) {
  const { data, error, busy } = useAnswer<ReportAnswer>(known(`reports/${state.report}`, state));
  const [kinds, setKinds] = useState<Set<string>>(new Set(KINDS));
  const [seen, see] = useState<Mark | null>(null);
  useEffect(() => {
    const at = document.querySelector(`.text mark.chosen`);
    at?.scrollIntoView({ block: "center" });
  }, [data?.report.report, state.claim]);
  if (error !== null)
    return <main class="reader" id="main"><p class="none" role="alert">{state.asof !== "" && NOT_THERE.test(error) ? <>This report was not out by {shortText(state.asof)}, or its day is unknown. <a href={href({ asof: "" })}>Read it as of today</a></> : error}</p></main>;
  if (data === null || (busy && data.report.report !== state.report)) return <main class="reader"><p class="none" aria-busy="true">Reading…</p></main>;
  const { report } = data;
  const place = new Map(data.marks.filter((mark) => mark.kind === "claim").map((mark) => [mark.claim, mark.start]));
  const claims = [...data.claims].sort((a, b) => (place.get(a.claim.claim) ?? 0) - (place.get(b.claim.claim) ?? 0));
  const toggle = (kind: string) => setKinds((before) => {
    const next = new Set(before);
    if (!next.delete(kind)) next.add(kind);
    return next;
  });
  return (
    <main class="reader" id="main">
      <article>
        <p class="back"><a href={href({ report: "" })}>← Back</a></p>
        <header>
          <p class="kicker">{report.source ?? "Unknown outlet"}</p>
          <h1>{report.title ?? "Untitled report"}</h1>
          <p class="when">{report.published !== null ? `Published ${shortText(report.published)} (${report.published_from})` : "Day of publication unknown"}{report.byline !== null && ` · ${report.byline}`} · {plural(data.claims.length, "claim")} in {plural(report.sentences, "sentence")}</p>
          <fieldset class="kinds">
            <legend>Highlight</legend>
            {KINDS.map((kind) => (
              <label key={kind}><input type="checkbox" checked={kinds.has(kind)} onChange={() => toggle(kind)} /><mark class={kind}>{KIND_NAMES[kind]}</mark></label>
            ))}
          </fieldset>
        </header>
        <Text answer={data} state={state} kinds={kinds} seen={seen} see={see} />
        <footer class="origin">
          {report.url !== null && <p>Address: {report.url}</p>}
          {report.paths.length > 0 && <p>Read from: {report.paths.join(", ")}</p>}
          <p>SHA-256 of the bytes it came as: <code>{report.sha256}</code></p>
        </footer>
      </article>
      <aside aria-label="Claims of this report">
        {seen !== null && seen.kind !== "claim" && <p class="seen-mark" role="status">{describe(seen)}</p>}
        <Coded answer={data} state={state} />
        <h2>What it claims</h2>
        <ol>
          {claims.map(({ claim, told }) => (
            <li key={claim.claim}>
              <button type="button" aria-pressed={claim.claim === state.claim} onClick={() => go({ claim: claim.claim })}>
                {told.mark !== null && <em class="mark">{told.mark}: </em>}{fullStop(told.line)}
                <small>{typeName(claim.plover, claim.mode)}{claim.status !== "asserted" && `, ${STATUS_NAMES[claim.status] ?? claim.status}`}{told.when !== null && ` · ${told.when}`}</small>
              </button>
            </li>
          ))}
        </ol>
      </aside>
    </main>
  );
}
