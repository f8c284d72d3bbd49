// The chronology as prose: a heading a day, a line an act, the source behind it.
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, question, useForgotten } from "./data";
import { shortText } from "./days";
import { FILTERS, href, type State } from "./state";
import type { Line } from "./types";
import { groupOf, STATUS_NAMES, typeName } from "./words";

const PIECE = 100;

export function fullStop(text: string): string {
  return /[.!?…”"']$/.test(text) ? text : `${text}.`;
}

export function LineView({ line, selected }: { line: Line; selected: boolean }) {
  return (
    <li class={`line ${groupOf(line.plover)}`} data-event={line.event}>
      <a href={href({ event: line.event, claim: line.claim, panel: "list" })} aria-current={selected ? "true" : undefined}>
        {line.place !== null && <b class="place">{line.relation !== null ? `${line.relation} ` : ""}{line.place}</b>}
        <span class="told">
          {line.mark !== null && <em class="mark">{line.mark}: </em>}
          {fullStop(line.line)}
          {line.disputed && line.mark === null && <em class="mark"> Disputed.</em>}
        </span>
        <small>
          <i class="dot" aria-hidden="true" />{typeName(line.plover, line.mode)}{line.status !== "asserted" && `, ${STATUS_NAMES[line.status] ?? line.status}`}
          {" · "}{line.source}{line.published !== null && `, ${shortText(line.published)}`}{line.reports > 1 && ` and ${line.reports - 1} more`}
        </small>
      </a>
    </li>
  );
}

/** Loads further lines as the end comes near. */
export function Chronicle({ state, from, to }: { state: State; from: string; to: string }) {
  const asked = question("timeline", { ...state, from, to });
  const [lines, setLines] = useState<{ asked: string; list: Line[]; more: boolean }>({ asked: "", list: [], more: true });
  const [error, setError] = useState<string | null>(null);
  const end = useRef<HTMLDivElement>(null);
  const busy = useRef(false);
  const wanted = useRef(0); // grows with each list; an answer for an earlier one comes too late
  const forgotten = useForgotten();

  const load = (before: Line[]) => {
    if (busy.current) return;
    busy.current = true;
    const list = wanted.current;
    const glue = asked.includes("?") ? "&" : "?";
    ask<Line[]>(`${asked}${glue}limit=${PIECE}&offset=${before.length}`).then(
      (piece) => {
        if (list !== wanted.current) return;
        busy.current = false;
        setError(null);
        setLines({ asked, list: [...before, ...piece], more: piece.length === PIECE });
      },
      (reason: Error) => {
        if (list !== wanted.current) return;
        busy.current = false;
        setError(reason.message);
      },
    );
  };
  useEffect(() => {
    busy.current = false;
    wanted.current++;
    load([]);
  }, [asked, forgotten]);
  useEffect(() => {
    if (end.current === null || !lines.more || lines.asked !== asked) return;
    const near = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && load(lines.list), { rootMargin: "400px" });
    near.observe(end.current);
    return () => near.disconnect();
  }, [lines, asked]);

  if (error !== null) return <p class="none" role="alert">{error}</p>;
  const groups: { when: string; lines: Line[] }[] = [];
  const seen = new Set<string>();
  for (const line of lines.list) {
    const when = line.when ?? "Undated";
    if (groups.length === 0 || groups[groups.length - 1].when !== when) groups.push({ when, lines: [] });
    // One sentence often tells two things: a line is printed once under its date.
    const key = `${when} ${line.line}`;
    if (!seen.has(key)) groups[groups.length - 1].lines.push(line);
    seen.add(key);
  }
  return (
    <div class="chronicle" aria-busy={lines.asked !== asked}>
      {lines.asked === asked && lines.list.length === 0 && <p class="none">{FILTERS.some((filter) => state[filter] !== "") ? "Nothing that is told passes these filters." : "Nothing is told of these days."} <a href={href({ at: "", from: "", to: "", place: "", actor: "", type: "", status: "", source: "", text: "" })}>Show everything</a></p>}
      {groups.map((group, at) => (
        <section key={`${group.when} ${at}`}>
          <h3>{group.when}</h3>
          <ol>{group.lines.map((line) => <LineView key={line.claim} line={line} selected={state.event === line.event} />)}</ol>
        </section>
      ))}
      <div ref={end} />
    </div>
  );
}
