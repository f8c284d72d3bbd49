// The reviewer's desk: sign in, then one uncertain claim after the other, by mouse or by the keys of
// `annals review`; below, everything that was decided.
import { useEffect, useRef, useState } from "preact/hooks";
import { fullStop } from "./chronicle";
import { ask, forget, known, question, useAnswer } from "./data";
import { shortText } from "./days";
import { Sentence } from "./event";
import { ClaimControls, decide, DecisionList, deedOf, isKey, KEYS, newest, Said, signIn, signOut, useAccess, useDecisions, type Access, type Doing, type Wanted } from "./review";
import { href, type State } from "./state";
import type { Claim, Decision, Told } from "./types";
import { number, party, plural, range, STATUS_NAMES, teller, typeName } from "./words";

const PIECE = 500;

function SignIn({ access }: { access: Access }) {
  const [token, setToken] = useState("");
  const [author, setAuthor] = useState(access.author);
  const [error, setError] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    signIn(token.trim(), author.trim()).catch((reason: Error) => setError(reason.message));
  };
  return (
    <form class="sign-in" onSubmit={submit}>
      <p class="lede">Who reviews needs the write token that this server was started with. It stays in this tab. Every decision is kept under your name and can be undone; nothing is overwritten.</p>
      <label>Your name <input required maxLength={100} autoComplete="name" value={author} onInput={(event) => setAuthor((event.target as HTMLInputElement).value)} /></label>
      <label>Write token <input required type="password" autoComplete="off" value={token} onInput={(event) => setToken((event.target as HTMLInputElement).value)} /></label>
      {error !== "" && <p class="said wrong" role="alert">{error}</p>}
      <p class="actions"><button type="submit" class="chief">Begin</button></p>
    </form>
  );
}

/** What a claim says, slot by slot. */
function Slots({ claim, told }: { claim: Claim; told: Told }) {
  const rows: [string, string | null][] = [
    ["What", typeName(claim.plover, claim.mode)], ["Who", claim.agents.map(party).join(", ") || null],
    ["To whom", claim.patients.map(party).join(", ") || null], ["Where", [claim.place, claim.admin1 !== claim.place ? claim.admin1 : null, claim.country].filter(Boolean).join(", ") || null],
    ["When", told.when], ["How many", claim.counts.map((count) => `${range(count.low, count.high)} ${count.what}`).join("; ") || null],
    ["Who says so", claim.according_to.map(party).join(", citing ") || teller(told)], ["Told as", STATUS_NAMES[claim.status] ?? claim.status],
    ["Control", claim.control === null ? null : `${claim.control.holder ?? "somebody"} ${claim.control.change} ${claim.control.place ?? ""}`],
    ["Confidence", claim.confidence === null ? null : number(claim.confidence)],
  ];
  return <dl>{rows.map(([name, value]) => <><dt key={name}>{name}</dt><dd class={value === null ? "unknown" : ""}>{value ?? "unknown"}</dd></>)}</dl>;
}

function Queue({ state }: { state: State }) {
  // Asked once: what was decided stays in the list, so that one can go back to it.
  const [ids, setIds] = useState<string[] | null>(null);
  const [error, setError] = useState("");
  const [at, setAt] = useState(0);
  const [doing, setDoing] = useState<Doing>("");
  const [said, setSaid] = useState({ text: "", error: "" });
  const [made, setMade] = useState<{ id: string; at: number }[]>([]);
  const asked = question("uncertain", state, { limit: PIECE });
  useEffect(() => {
    if (ids !== null) return;
    forget(["uncertain"]);
    ask<{ claim: string }[]>(asked).then((list) => (setIds(list.map((one) => one.claim)), setAt(0), setMade([])), (reason: Error) => setError(reason.message));
  }, [ids]);
  useEffect(() => setIds(null), [asked]);
  const count = ids?.length ?? 0;
  const id = ids?.[at];
  const { data } = useAnswer<{ claim: Claim; told: Told }>(id === undefined ? null : `claims/${id}`);
  const decisions = useDecisions(id === undefined ? null : `decisions/${id}`);
  const shown = data !== null && data.claim.claim === id && decisions.list !== null ? data : null;

  const send = async (wanted: Wanted[]) => {
    setDoing("");
    setSaid({ text: "", error: "" });
    try {
      const kept = await decide(wanted, newest(decisions.list));
      setSaid({ text: `${deedOf(wanted[0].kind)}: ${kept[0].decision}`, error: "" });
      setMade([...made, ...kept.map((one) => ({ id: one.decision, at }))]);
      // More of a claim may be wrong: after a correction or a note it stays.
      if (["accept", "reject"].includes(wanted[0].kind)) setAt(at + 1);
    } catch (reason) {
      setSaid({ text: "", error: (reason as Error).message });
    }
  };
  const undo = async () => {
    const last = made[made.length - 1];
    if (last === undefined) return;
    try {
      await decide([{ kind: "undo", ids: [last.id] }]);
      setMade(made.slice(0, -1));
      setAt(last.at);
      setSaid({ text: `undid ${last.id}`, error: "" });
    } catch (reason) {
      setSaid({ text: "", error: (reason as Error).message });
    }
  };
  // What a key does now, not when the listener was made.
  const press = useRef<(event: KeyboardEvent) => void>(() => undefined);
  press.current = (event) => {
    if (!isKey(event)) return;
    const deed = KEYS[event.key];
    const act: Record<string, () => void> = {
      accept: () => send([{ kind: "accept", ids: [id!] }]), reject: () => send([{ kind: "reject", ids: [id!] }]),
      correct: () => setDoing("correct"), note: () => setDoing("note"),
    };
    if (deed !== undefined && shown !== null && at < count) act[deed]();
    else if (event.key === "s") setAt(Math.min(count, at + 1));
    else if (event.key === "b") setAt(Math.max(0, at - 1));
    else if (event.key === "u") undo();
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press.current(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  if (error !== "") return <p class="none" role="alert">{error}</p>;
  if (ids === null) return <p class="none" aria-busy="true">Looking for what is uncertain…</p>;
  const over = at >= count;
  return (
    <section class="queue" aria-label="Claims that wait">
      <p class="progress"><progress max={Math.max(1, count)} value={at} aria-label="Claims seen" /> {over ? plural(count, "claim") : `${at + 1} of ${count === PIECE ? `the first ${PIECE}` : count}`}, the most uncertain first</p>
      {over && <p class="none">{count === 0 ? "No claim waits for review." : <>These are through. <button type="button" class="plain" onClick={() => setIds(null)}>Look for more</button></>}</p>}
      {!over && shown === null && (decisions.error !== null ? <p class="none" role="alert">{decisions.error}</p> : <p class="none" aria-busy="true">Reading…</p>)}
      {shown !== null && !over && (
        <article class="card">
          <Sentence claim={shown.claim} />
          <p class="source">{shown.told.source !== shown.told.title && <><cite>{shown.told.source}</cite>, </>}{shortText(shown.told.published) || "undated"}{shown.told.title !== null && <> · <a href={href({ report: shown.claim.report, claim: shown.claim.claim })}>{shown.told.title}</a></>}</p>
          {/* Where the line is the sentence itself, once is enough. */}
          {!shown.told.line.startsWith("“") && <p class="line">{shown.told.mark !== null && <em class="mark">{shown.told.mark}: </em>}{fullStop(shown.told.line)}</p>}
          <Slots claim={shown.claim} told={shown.told} />
          <ClaimControls claim={shown.claim} send={send} doing={doing} setDoing={setDoing} />
          {(decisions.list ?? []).length > 0 && <DecisionList list={decisions.list!} />}
        </article>
      )}
      <p class="actions turn">
        <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>Back</button>
        <button type="button" disabled={over} onClick={() => setAt(at + 1)}>Skip</button>
        <button type="button" disabled={made.length === 0} onClick={undo}>Undo</button>
        <small><kbd>a</kbd> accept <kbd>r</kbd> reject <kbd>c</kbd> correct <kbd>n</kbd> note <kbd>s</kbd> skip <kbd>b</kbd> back <kbd>u</kbd> undo</small>
      </p>
      <Said text={said.text} error={said.error} />
    </section>
  );
}

function Log({ open, state }: { open: boolean; state: State }) {
  const { data, error } = useAnswer<Decision[]>(open ? "decisions?limit=100000" : known("decisions?limit=100000", state));
  const [most, setMost] = useState(50);
  const [wrong, setWrong] = useState("");
  if (error !== null) return <p class="none" role="alert">{error}</p>;
  if (data === null || data.length === 0) return <p class="lede">Nothing was decided yet.</p>;
  const list = [...data].reverse();
  const undo = (id: string) => {
    setWrong("");
    decide([{ kind: "undo", ids: [id] }]).catch((reason: Error) => setWrong(reason.message));
  };
  return (
    <>
      {wrong !== "" && <p class="said wrong" role="alert">{wrong}</p>}
      <DecisionList list={list.slice(0, most)} undo={open ? undo : undefined} />
      {list.length > most && <button type="button" class="plain" onClick={() => setMost(most * 4)}>Earlier ones</button>}
    </>
  );
}

export function DeskView({ state }: { state: State }) {
  const access = useAccess();
  const open = access.review === "open";
  return (
    <main class="sheet desk" id="main" tabIndex={-1}>
      <h1>{access.review === "closed" ? "What people decided" : "Review"}</h1>
      {access.review === "token" && <SignIn access={access} />}
      {open && (
        <>
          <p class="lede">You decide as <b>{access.author}</b>. <button type="button" class="plain" onClick={signOut}>Sign out</button></p>
          <Queue state={state} />
        </>
      )}
      {access.review !== "closed" && <h2>What was decided</h2>}
      <Log state={state} open={open} />
    </main>
  );
}
