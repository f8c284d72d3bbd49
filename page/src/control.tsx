// Who holds which place: the periods of control, those of a day, and the card of one place.
import { useMemo } from "preact/hooks";
import { ask, useAnswer } from "./data";
import { readDay, shortText, type Day } from "./days";
import { go, type State } from "./state";
import type { Control } from "./types";

const NONE: Control[] = [];

/** All periods, as known on the day of the state. */
export function useControl(state: State): Control[] {
  const { data } = useAnswer<Control[]>(`control?history=yes${state.asof === "" ? "" : `&as_of=${state.asof}`}`);
  return data ?? NONE;
}

/** What is known of a place on the day; its last period where there is no day. */
export function controlOn(periods: Control[], day: Day | null): Control[] {
  return periods.filter((one) => {
    if (one.status === "unknown") return false;
    const from = readDay(one.from), to = readDay(one.to);
    return day === null ? to === null : (from === null || from <= day) && (to === null || to >= day);
  });
}

/** Whose colour a place has: its holder, else who contests it. */
export function sideOf(one: Control): string | null {
  return one.holder ?? one.rivals[0] ?? null;
}

/** Those who hold or contest, most places first. Colours go by this order over all days, so that the
 * slider changes none. */
export function useSides(periods: Control[]): string[] {
  return useMemo(() => {
    const found = new Map<string, number>();
    for (const one of periods) {
      const side = one.status === "unknown" ? null : sideOf(one);
      if (side !== null) found.set(side, (found.get(side) ?? 0) + 1);
    }
    return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([side]) => side);
  }, [periods]);
}

/** "Taliban, held", "contested by Northern Alliance", "not told; before that Taliban" */
export function standing(one: Control): string {
  const rivals = one.rivals.length > 0 ? ` by ${one.rivals.join(", ")}` : "";
  const soft = one.inferred ? ", inferred" : "";
  switch (one.status) {
    case "unknown": return one.before === null ? "not told" : `not told; before that ${one.before}`;
    case "held": return `${one.holder}${soft}`;
    case "shared": return `${one.holder}, together${soft}`;
    case "contested": return one.holder === null ? `contested${rivals}` : `${one.holder}, contested${rivals}`;
    default: return one.holder === null ? `${one.status}${rivals}` : `${one.holder}, ${one.status}${rivals}`;
  }
}

async function openClaim(event: Event, claim: string) {
  event.preventDefault();
  const found = await ask<{ told: { report: string } }>(`claims/${claim}`);
  go({ report: found.told.report, claim });
}

/** The card of the place that the filter names. */
export function ControlCard({ state, periods, day }: { state: State; periods: Control[]; day: Day | null }) {
  const name = state.place.toLowerCase();
  const wanted = periods.filter((one) => one.place.toLowerCase() === name);
  if (name === "" || wanted.length === 0) return null;
  return (
    <section class="holds" aria-label={`Who holds ${wanted[0].place}`}>
      <h3>Who holds {wanted[0].place}</h3>
      <ol>
        {wanted.map((one) => {
          const from = readDay(one.from), to = readDay(one.to);
          const now = day !== null && (from === null || from <= day) && (to === null || to >= day);
          return (
            <li key={`${one.geonameid} ${one.from}`} aria-current={now ? "date" : undefined}>
              <span class="days">{shortText(one.from)} – {one.to === null ? "" : shortText(one.to)}</span>
              <span><b>{standing(one)}</b>
                <br />{one.last_reported !== null && <small> last word {shortText(one.last_reported)}{one.denied && ", denied by somebody"}</small>}
                {one.evidence.length > 0 && <small> · {one.evidence.slice(0, 3).map((claim, at) => <a key={claim} href={`#/?claim=${claim}`} onClick={(event) => openClaim(event, claim)}>{at === 0 ? "evidence" : at + 1} </a>)}</small>}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
