// Search: sentences with the words, their facets, and the reports that hold them. Also the list of
// reports.
import { question, useAnswer } from "./data";
import { shortText } from "./days";
import { fullStop } from "./chronicle";
import { FILTERS, href, type State } from "./state";
import type { Facet, Report, SearchAnswer } from "./types";
import { FACET_NAMES, facetValue, number, plural, STATUS_NAMES, typeName } from "./words";

const ORDER = ["type", "place", "actor", "status", "source"];

export function Facets({ facets, state }: { facets: Facet[]; state: State }) {
  return (
    <nav class="facets" aria-label="Narrow down">
      {ORDER.map((facet) => {
        const all = facets.filter((one) => one.facet === facet).slice(0, 8);
        const chosen = state[facet as (typeof FILTERS)[number]];
        if (all.length === 0) return null;
        return (
          <section key={facet}>
            <h3>{FACET_NAMES[facet]}</h3>
            <ul>
              {all.map((one) => (
                <li key={one.value}>
                  <a href={href({ [facet]: chosen === one.value ? "" : one.value, event: "" })} aria-current={chosen === one.value ? "true" : undefined}>
                    <span>{facetValue(facet, one.value)}</span> <small>{number(one.claims)}</small>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

/** The words that were searched for, marked. */
function Marked({ text, words }: { text: string; words: string }) {
  const fold = (one: string) => one.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = words.replace(/["*]/g, " ").split(/\s+/).filter((one) => one.length > 1).map(fold);
  return <>{text.split(/(\p{L}[\p{L}\p{M}\p{N}'’-]*)/u).map((part, at) => (wanted.some((word) => fold(part).startsWith(word)) ? <mark key={at}>{part}</mark> : part))}</>;
}

export function SearchView({ state }: { state: State }) {
  const { data, error, busy } = useAnswer<SearchAnswer>(state.text === "" ? null : question("search", state, { limit: 200 }));
  if (state.text === "") return <main class="sheet" id="main"><h1>Search</h1><p class="lede">Type words into the field above. <q>A phrase</q> stands in quotation marks, a beginning ends with a star: <code>hosp*</code></p></main>;
  if (error !== null) return <main class="sheet" id="main"><p class="none" role="alert">{error}</p></main>;
  if (data === null) return <main class="sheet" id="main"><p class="none" aria-busy="true">Searching…</p></main>;
  // One sentence often tells several claims: it is shown once, with all that it tells.
  const sentences = new Map<string, typeof data.claims>();
  for (const hit of data.claims) {
    const key = `${hit.report} ${hit.sentence ?? hit.claim}`;
    sentences.set(key, [...(sentences.get(key) ?? []), hit]);
  }
  const all = data.facets.filter((one) => one.facet === "status").reduce((sum, one) => sum + one.claims, 0);
  return (
    <main class="sheet search" id="main" aria-busy={busy}>
      <h1>{plural(Math.max(all, data.claims.length), "claim")} <small>with “{state.text}”{all > data.claims.length && `; the first ${data.claims.length} are shown`}</small></h1>
      <Facets facets={data.facets} state={state} />
      <div>
        <ol class="hits">
          {[...sentences.values()].map(([hit, ...others]) => (
            <li key={hit.claim}>
              <p class="kicker">{[...new Set([hit, ...others].map((one) => typeName(one.plover)))].join(", ")}{hit.place !== null && ` · ${hit.place}`}{hit.when !== null && ` · ${hit.when}`}{hit.status !== "asserted" && ` · ${STATUS_NAMES[hit.status] ?? hit.status}`}</p>
              <p class="sentence"><a href={href({ view: "record", event: hit.event ?? "", claim: hit.claim, panel: "list" })}><Marked text={hit.sentence ?? hit.line} words={state.text} /></a></p>
              <small><a href={href({ report: hit.report, claim: hit.claim })}>{hit.source}{hit.published !== null && `, ${shortText(hit.published)}`}</a></small>
            </li>
          ))}
        </ol>
        {data.claims.length === 0 && <p class="none">No claim has these words in its sentence.</p>}
        {data.reports.length > 0 && <><h2>Reports</h2><Reports reports={data.reports} /></>}
      </div>
    </main>
  );
}

function Reports({ reports }: { reports: Report[] }) {
  return (
    <ol class="reports">
      {reports.map((report) => (
        <li key={report.report}>
          <a href={href({ report: report.report, claim: "" })}>{fullStop(report.title ?? report.id ?? "Untitled report").replace(/\.$/, "")}</a>
          <small>{report.source ?? "unknown outlet"}{report.published !== null ? `, ${shortText(report.published)}` : ", undated"} · {plural(report.claims, "claim")}</small>
        </li>
      ))}
    </ol>
  );
}

const MOST = 2000; // reports in the list

export function ReportsView({ state }: { state: State }) {
  const { data, error } = useAnswer<Report[]>(question("reports", { ...state, text: "" }, { limit: MOST }, false));
  return (
    <main class="sheet" id="main">
      <h1>Reports</h1>
      {error !== null ? <p class="none" role="alert">{error}</p> : data === null ? <p class="none" aria-busy="true">Reading…</p> : <><p class="lede">{data.length === MOST ? `The first ${number(MOST)} reports` : plural(data.length, "report")}, by day of publication.{data.length === MOST && " Search finds the others."}</p><Reports reports={data} /></>}
    </main>
  );
}
