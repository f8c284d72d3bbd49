// The disputes of the record: where reports or speakers contradict one another, side by side. Those of a large
// record are looked for in one stretch of days after the other: all at once would take minutes.
import { useMemo, useState } from "preact/hooks";
import { ask, question, useAnswer } from "./data";
import { readDay, shortText, writeDay } from "./days";
import { DisputeView } from "./event";
import { go, href, type State } from "./state";
import type { Dispute, Facet } from "./types";
import { number, plural } from "./words";

async function openClaim(event: Event, claim: string) {
  event.preventDefault();
  const found = await ask<{ told: { report: string } }>(`claims/${claim}`);
  go({ report: found.told.report, claim });
}

const MOST = 400; // acts whose disputes are looked for at a time

interface Days { count: number; day: string[]; acts: number[] }
interface Piece { from: string; to: string }

/** The days of the record cut into pieces of about as many acts, the newest first. */
function piecesOf(days: Days): Piece[] {
  const found: Piece[] = [];
  let acts = 0;
  for (let i = days.count - 1; i >= 0; i--) {
    if (found.length === 0 || (acts + days.acts[i] > MOST && acts > 0)) {
      found.push({ from: days.day[i], to: days.day[i] });
      acts = 0;
    }
    found[found.length - 1].from = days.day[i];
    acts += days.acts[i];
  }
  return found;
}

/** The two halves of a stretch. */
function halves({ from, to }: Piece): Piece[] {
  const first = readDay(from)!, last = readDay(to)!;
  const middle = Math.floor((first + last) / 2);
  return [{ from: writeDay(middle + 1), to }, { from, to: writeDay(middle) }];
}

/** What can be asked instead of what was refused: half of the days, or one place of a single day. */
function Narrower({ state, piece, split }: { state: State; piece: Piece | null; split: () => void }) {
  const days = piece ?? { from: state.from, to: state.to };
  const single = days.from !== "" && days.from === days.to;
  const { data } = useAnswer<Facet[]>(single || piece === null ? question("facets", { ...state, ...days }) : null);
  if (!single && piece !== null) return <button type="button" onClick={split}>Compare half of these days at a time</button>;
  return (
    <>
      <span>Compare those of one place:</span>
      {(data ?? []).filter((one) => one.facet === "place").slice(0, 8).map((one) => <a key={one.value} href={href({ ...days, place: one.value })}>{one.value} <small>{number(one.claims)}</small></a>)}
    </>
  );
}

function PieceView({ state, piece }: { state: State; piece: Piece | null }) {
  const { data, error } = useAnswer<Dispute[]>(question("disputes", piece === null ? state : { ...state, ...piece }, { limit: 300 }));
  const [halved, setHalved] = useState(false);
  const days = piece === null ? "" : piece.from === piece.to ? shortText(piece.from) : `${shortText(piece.from)} to ${shortText(piece.to)}`;
  if (halved && piece !== null) return <>{halves(piece).map((half) => <PieceView key={half.from} state={state} piece={half} />)}</>;
  return (
    <section aria-label={days === "" ? "Disputes" : `Disputes of ${days}`}>
      {piece !== null && <h2 class="piece">{days}{data !== null && <small> {plural(data.length, "question")}</small>}</h2>}
      {error !== null ? <div class="narrower" role="alert"><p>{`${error.slice(0, 1).toUpperCase()}${error.slice(1)}.`}</p><p class="actions"><Narrower state={state} piece={piece} split={() => setHalved(true)} /></p></div> : data === null ? <p class="none" aria-busy="true">Comparing…</p>
        : data.length === 0 ? (piece === null ? <p class="none">Nobody contradicts anybody here.</p> : null)
        : <>
          {piece === null && <p class="lede">{plural(data.length, "question")} on which reports or speakers contradict one another.</p>}
          {data.map((one, at) => <DisputeView key={at} dispute={one} open={openClaim} />)}
        </>}
    </section>
  );
}

export function DisputesView({ state }: { state: State }) {
  const { data, error } = useAnswer<Days>(question("days", state));
  const [open, setOpen] = useState(1);
  const pieces = useMemo(() => (data === null ? [] : piecesOf(data)), [data]);
  const large = pieces.length > 1;
  return (
    <main class="sheet" id="main" tabIndex={-1}>
      <h1>Disputes</h1>
      {error !== null ? <p class="none" role="alert">{error}</p> : data === null ? <p class="none" aria-busy="true">Reading…</p> : !large ? <PieceView state={state} piece={null} /> : (
        <>
          <p class="lede">Where reports or speakers contradict one another. The record is large: its days are compared one stretch after the other, the newest first.</p>
          {pieces.slice(0, open).map((piece) => <PieceView key={piece.from} state={state} piece={piece} />)}
          {open < pieces.length && <p class="actions"><button type="button" onClick={() => setOpen(open + 1)}>Compare earlier days ({shortText(pieces[open].from)} to {shortText(pieces[open].to)})</button> <small>{plural(pieces.length - open, "stretch", "stretches")} left</small></p>}
        </>
      )}
    </main>
  );
}
