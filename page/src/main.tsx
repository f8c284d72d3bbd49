// The page: head, views, and what they share.
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { ActorsView } from "./actors";
import { Chronicle } from "./chronicle";
import { DeskView } from "./desk";
import { ControlCard, controlOn, useControl, useSides } from "./control";
import { isOneFile, known, question, useAnswer } from "./data";
import { readDay, shortText, writeDay } from "./days";
import { DisputesView } from "./disputes";
import { EventView } from "./event";
import { MapView } from "./map";
import { fieldOf, type Field, type Window } from "./points";
import { ReportView } from "./report";
import { useAccess } from "./review";
import { save } from "./save";
import { ReportsView, SearchView } from "./search";
import { FILTERS, get, go, href, useAddress, type State } from "./state";
import { Timeline } from "./timeline";
import type { EventAnswer, Facet, Points, Summary } from "./types";
import { FACET_NAMES, facetValue, number, plural } from "./words";
import "./style.css";

const FADES = [3, 7, 14, 30, 90, 365];

function usesDark(state: State): boolean {
  const query = window.matchMedia("(prefers-color-scheme: dark)");
  const [system, setSystem] = useState(query.matches);
  useEffect(() => {
    const change = () => setSystem(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return state.theme === "" ? system : state.theme === "dark";
}

// ------------------------------------------------------------------ the head

function Head({ state, dark, summary }: { state: State; dark: boolean; summary: Summary | null }) {
  const [words, setWords] = useState(state.text);
  const access = useAccess();
  useEffect(() => setWords(state.text), [state.text]);
  const search = (event: Event) => {
    event.preventDefault();
    go({ text: words.trim(), view: "search", event: "", report: "", claim: "" });
  };
  const link = (view: State["view"], name: string) => (
    <a href={href({ view, event: "", report: "", claim: "", name: "" })} aria-current={state.view === view && state.report === "" ? "page" : undefined}>{name}</a>
  );
  return (
    <header class="head">
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>Skip to the content</a>
      <a class="name" href={href({ view: "record", event: "", report: "", claim: "", name: "" })}>annals</a>
      <nav aria-label="Views">{link("record", "Map")}{link("actors", "Actors")}{link("disputes", "Disputes")}{link("reports", "Reports")}{access.review !== "closed" && link("review", "Review")}</nav>
      <form role="search" onSubmit={search}>
        <label class="unseen" for="words">Search the sentences</label>
        <input id="words" type="search" placeholder="Search the sentences" value={words} onInput={(event) => setWords((event.target as HTMLInputElement).value)} />
      </form>
      <label class="known"><span>As known on</span>
        <input type="date" value={state.asof} min={summary?.first_published ?? undefined} max={summary?.last_published ?? undefined} onChange={(event) => go({ asof: (event.target as HTMLInputElement).value })} />
      </label>
      <button type="button" class="plain theme" onClick={() => go({ theme: dark ? "light" : "dark" }, true)} aria-label={dark ? "Light colours" : "Dark colours"}>
        <svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.4" /><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" /></svg>
      </button>
    </header>
  );
}

function Chips({ state }: { state: State }) {
  const set = FILTERS.filter((filter) => state[filter] !== "");
  if (set.length === 0 && state.asof === "") return null;
  return (
    <ul class="chips" aria-label="Filters">
      {set.map((filter) => (
        <li key={filter}><a href={href({ [filter]: "", event: "" })}><span>{filter === "text" ? "Words" : FACET_NAMES[filter]}: <b>{facetValue(filter, state[filter])}</b></span><span aria-hidden="true"> ×</span><span class="unseen"> (remove)</span></a></li>
      ))}
      {state.asof !== "" && <li class="asof"><a href={href({ asof: "" })}><span>As known on <b>{shortText(state.asof)}</b></span><span aria-hidden="true"> ×</span><span class="unseen"> (remove)</span></a></li>}
    </ul>
  );
}

// ------------------------------------------------------------------ the record

function Filters({ state }: { state: State }) {
  const [open, setOpen] = useState(false);
  const { data } = useAnswer<Facet[]>(open ? question("facets", state) : null);
  return (
    <details class="filters" open={open} onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <summary>Filter</summary>
      {open && (
        <div>
          {["type", "place", "actor", "status", "source"].map((facet) => {
            const key = facet as "type" | "place" | "actor" | "status" | "source";
            const options = (data ?? []).filter((one) => one.facet === facet);
            if (state[key] !== "" && !options.some((one) => one.value === state[key])) options.unshift({ facet, value: state[key], claims: 0 });
            return (
              <label key={facet}>{FACET_NAMES[facet]}
                <select value={state[key]} onChange={(event) => go({ [key]: (event.target as HTMLSelectElement).value, event: "" })}>
                  <option value="">all</option>
                  {options.map((one) => <option key={one.value} value={one.value}>{facetValue(facet, one.value)}{one.claims > 0 ? ` (${number(one.claims)})` : ""}</option>)}
                </select>
              </label>
            );
          })}
        </div>
      )}
    </details>
  );
}

/** The value once it has rested; at once where `now`. */
function useRested<T>(value: T, now: boolean): T {
  const [rested, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(value), now ? 0 : 130);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

function useSelected(state: State): [number, number] | null {
  const { data } = useAnswer<EventAnswer>(state.event === "" ? null : known(`events/${state.event}`, state));
  if (data === null || state.event === "") return null;
  const place = data.event as unknown as { lat: number | null; lon: number | null };
  return place.lat === null || place.lon === null ? null : [place.lon, place.lat];
}

/** The days that are shown: those of the brush, or of the slider with what fades before it. */
function daysOf(state: State, field: Field): Window & { fade: number } {
  const from = readDay(state.from), to = readDay(state.to), at = readDay(state.at), asof = readDay(state.asof);
  if (at === null) return { from, to, asof, fade: 0 };
  const days = (to ?? field.to) - (from ?? field.from) + 1;
  const fade = FADES.find((one) => one >= days / 12) ?? 365;
  return { from: Math.max(from ?? -Infinity, at - fade), to: at, asof, fade };
}

function bounds(window: Window): { from: string; to: string } {
  return { from: window.from === null ? "" : writeDay(window.from), to: window.to === null ? "" : writeDay(window.to) };
}

function RecordView({ state, field, dark, summary }: { state: State; field: Field; dark: boolean; summary: Summary | null }) {
  const from = readDay(state.from), to = readDay(state.to), at = readDay(state.at), asof = readDay(state.asof);
  const shown = daysOf(state, field);
  // A slider on the move leaves the list alone until it rests.
  const rested = useRested(state, state.at === "");
  const periods = useControl(state);
  const sides = useSides(periods);
  const day = at ?? to ?? (field.from <= field.to ? field.to : null);
  const control = useMemo(() => controlOn(periods, day), [periods, day]);
  const selected = useSelected(state);
  // On a phone an address with an event opens the event, not the map.
  const onList = state.panel === "list" || (state.panel === "" && state.event !== "");
  const list = useMemo(() => <Chronicle state={rested} {...bounds(daysOf(rested, field))} />, [rested, field]);
  return (
    <main class={`record ${onList ? "on-list" : "on-map"}`} id="main" tabIndex={-1}>
      <h1 class="unseen">{summary === null ? "The record" : `The record: ${plural(summary.events, "event")} told by ${plural(summary.reports, "report")}`}</h1>
      <nav class="panels" aria-label="Map or list">
        <a href={href({ panel: state.event !== "" ? "map" : "" })} aria-current={!onList ? "true" : undefined}>Map</a>
        <a href={href({ panel: "list" })} aria-current={onList ? "true" : undefined}>{state.event !== "" ? "Event" : "Chronology"}</a>
      </nav>
      <MapView field={field} window={shown} fade={shown.fade} control={control} sides={sides} day={day} dark={dark} selected={selected} />
      <aside class="side" aria-label="Chronology" tabIndex={0}>
        {state.event !== "" ? <EventView state={state} /> : (
          <>
            <div class="tools">
              <Chips state={state} />
              <div>
                <Filters state={state} />
                <span class="save">Save <button type="button" class="plain" onClick={() => save("csv", { ...state, ...bounds(shown) })}>CSV</button><button type="button" class="plain" onClick={() => save("geojson", { ...state, ...bounds(shown) })}>GeoJSON</button></span>
              </div>
            </div>
            <ControlCard state={state} periods={periods} day={day} />
            {list}
          </>
        )}
      </aside>
      <Timeline field={field} from={from} to={to} at={at} asof={asof} dark={dark} />
    </main>
  );
}

/** While the points are on their way: the list, which comes sooner. */
function Waiting({ state }: { state: State }) {
  return (
    <main class={`record ${state.panel === "list" || (state.panel === "" && state.event !== "") ? "on-list" : "on-map"}`} id="main" tabIndex={-1}>
      <div class="map" aria-busy="true"><p class="none">Reading the record…</p></div>
      <aside class="side" aria-label="Chronology">{state.event !== "" ? <EventView state={state} /> : state.at === "" && <Chronicle state={state} from={state.from} to={state.to} />}</aside>
      <section class="timeline" aria-hidden="true" style={{ minHeight: "8.6rem" }} />
    </main>
  );
}

// ------------------------------------------------------------------ the page

function Page() {
  const state = useAddress();
  const dark = usesDark(state);
  const whole = useAnswer<Summary>("summary");
  const summary = useAnswer<Summary>(known("summary", state));
  const wanted = state.view === "record" && state.report === "";
  const points = useAnswer<Points>(wanted ? question("points", state, {}, false) : null);
  const field = useMemo(() => (points.data === null ? null : fieldOf(points.data)), [points.data]);
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  useEffect(() => {
    const name = whole.data?.record.split("/").pop() ?? "";
    document.title = `${name} · annals`;
  }, [whole.data]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || (event.target as HTMLElement).closest("input[type=search], input[type=date], select, [role=slider]")) return;
      if (get().report !== "") go({ report: "", claim: "" });
      else if (get().event !== "") go({ event: "", claim: "" });
    };
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, []);
  return (
    <>
      <Head state={state} dark={dark} summary={whole.data} />
      {summary.error !== null && <p class="none" role="alert">{summary.error}</p>}
      {state.report !== "" ? <ReportView state={state} />
        : state.view === "actors" ? <ActorsView state={state} />
        : state.view === "disputes" ? <DisputesView state={state} />
        : state.view === "reports" ? <ReportsView state={state} />
        : state.view === "search" ? <SearchView state={state} />
        : state.view === "review" ? <DeskView state={state} />
        : points.error !== null ? <p class="none" role="alert">{points.error}</p>
        : field === null ? <Waiting state={state} />
        : <RecordView state={state} field={field} dark={dark} summary={summary.data} />}
      <footer class="foot">
        {summary.data !== null && <p>{plural(summary.data.reports, "report")}{summary.data.sources > 0 && ` from ${plural(summary.data.sources, "source")}`}, {plural(summary.data.claims, "claim")}, {plural(summary.data.events, "event")}{state.asof !== "" && `, as known on ${shortText(state.asof)}`}. Every line stands in a report.{isOneFile && " This file holds them all."} Borders: Natural Earth.</p>}
      </footer>
    </>
  );
}

render(<Page />, document.getElementById("page")!);
