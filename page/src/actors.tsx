// Actors: who takes part and who speaks, who does what to whom by month, and one actor's names.
import { useState } from "preact/hooks";
import { known, question, useAnswer } from "./data";
import { anyDay, shortText } from "./days";
import { fullStop } from "./chronicle";
import { href, type State } from "./state";
import type { Actor, Alias, Post, Relation } from "./types";
import { groupOf, number, plural, STATUS_NAMES, typeName, type Group } from "./words";

function Matrix({ relations, name }: { relations: Relation[]; name: string }) {
  const wanted = relations.filter((one) => name === "" || one.who === name || one.whom === name);
  const rank = (key: "who" | "whom") => {
    const sums = new Map<string, number>();
    wanted.forEach((one) => sums.set(one[key], (sums.get(one[key]) ?? 0) + one.claims));
    return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 14).map(([one]) => one);
  };
  // A row or column in which nothing stands is left out.
  const most = { who: rank("who"), whom: rank("whom") };
  const between = wanted.filter((one) => most.who.includes(one.who) && most.whom.includes(one.whom));
  const agents = most.who.filter((agent) => between.some((one) => one.who === agent));
  const patients = most.whom.filter((patient) => between.some((one) => one.whom === patient));
  if (wanted.length === 0) return <p class="none">No claim names two sides.</p>;
  const cell = (agent: string, patient: string) => {
    const found = wanted.filter((one) => one.who === agent && one.whom === patient);
    const sums = new Map<Group, number>();
    found.forEach((one) => sums.set(groupOf(one.plover), (sums.get(groupOf(one.plover)) ?? 0) + one.claims));
    const most = [...sums].sort((a, b) => b[1] - a[1])[0];
    return { count: found.reduce((sum, one) => sum + one.claims, 0), group: most?.[0], kinds: [...new Set(found.map((one) => one.does))].join(", ") };
  };
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Who does what to whom">
      <table class="matrix">
        <thead><tr><th scope="col">Who ↓ to whom →</th>{patients.map((one) => <th key={one} scope="col" title={one}><span>{one}</span></th>)}</tr></thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent}>
              <th scope="row">{agent}</th>
              {patients.map((patient) => {
                const { count, group, kinds } = cell(agent, patient);
                return <td key={patient} title={count > 0 ? `${agent} ${kinds} ${patient}` : undefined}>{count > 0 && <a class={group} href={href({ view: "record", actor: agent, event: "" })}>{number(count)}<span class="unseen"> {kinds}</span></a>}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const MOST = 2000; // relations that are asked for: by month, then by number

function monthText(month: string | null): string | null {
  return month === null ? null : new Date(`${month}-01T00:00:00Z`).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

function Months({ relations, name }: { relations: Relation[]; name: string }) {
  const wanted = relations.filter((one) => one.month !== null && (name === "" || one.who === name || one.whom === name));
  const months = [...new Set(wanted.map((one) => one.month!))].sort();
  if (months.length === 0) return null;
  return (
    <section class="months" aria-label="By month">
      <h3>By month</h3>
      <ul>
        {months.map((month) => (
          <li key={month}>
            <b>{monthText(month)}</b>
            <span>
              {wanted.filter((one) => one.month === month).sort((a, b) => b.claims - a.claims).slice(0, 6).map((one, at) => (
                <span key={at} class={`pair ${groupOf(one.plover)}`}><i class="dot" aria-hidden="true" />{one.who} <span aria-label="to">→</span> {one.whom} <small>{typeName(one.plover).toLowerCase()}{one.claims > 1 && ` ×${number(one.claims)}`}</small></span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

// ------------------------------------------------------------------ posts

const TOLD: Record<string, [string, string]> = {
  appointed: ["appointed %", "appointed to a post"], elected: ["elected %", "elected to a post"],
  resigned: ["resigned as %", "resigned"], removed: ["removed as %", "removed from a post"],
};

function daysOf(post: Post): string {
  if (post.basis === "report") return post.when ?? "day not told";
  const from = post.from === null ? "" : anyDay(post.from), to = post.to === null ? "" : anyDay(post.to);
  return from !== "" && to !== "" ? `${from} – ${to}` : from !== "" ? `from ${from}` : to !== "" ? `until ${to}` : "days not known";
}

function PostView({ post, name }: { post: Post; name: string }) {
  const [full, bare] = TOLD[post.what] ?? ["%", "held a post"];
  const what = post.post === null ? bare : full.replace("%", post.post);
  const who = post.holder === name ? null : <a href={href({ name: post.holder })}>{post.holder}</a>;
  return (
    <li>
      <span class="days">{daysOf(post)}</span>
      <div>
        <b>{what}</b>{post.of !== null && post.of !== name && ` of ${post.of}`}{who !== null && <>: {who}</>}
        {post.status !== null && post.status !== "asserted" && <span class={`status ${post.status}`}>{STATUS_NAMES[post.status] ?? post.status}</span>}
        {post.report !== null && <p><a href={href({ report: post.report, claim: post.claim ?? "" })}>{fullStop(post.line ?? post.title ?? "Read in the report")}</a></p>}
        {post.report !== null && <small>{post.source ?? "unknown outlet"}{post.published !== null && `, ${shortText(post.published)}`}</small>}
      </div>
    </li>
  );
}

/** The posts of a person, or of a state or group those who held them. */
function Posts({ state }: { state: State }) {
  const { data, error } = useAnswer<Post[]>(known(`posts?actor=${encodeURIComponent(state.name)}`, state));
  if (error !== null) return <p class="none" role="alert">{error}</p>;
  if (data === null || data.length === 0) return null;
  const own = data.every((one) => one.holder === state.name);
  return (
    <section aria-label="Posts" class="posts">
      <h3>{own ? "Posts" : "Who held its posts"}</h3>
      {([["report", "As reports tell it"], ["dictionary", "By the dictionary of actors that comes with the program"]] as const).map(([basis, title]) => {
        const list = data.filter((one) => one.basis === basis);
        return list.length > 0 && <><h4>{title}</h4><ol>{list.map((one, at) => <PostView key={at} post={one} name={state.name} />)}</ol></>;
      })}
    </section>
  );
}

const PRONOUNS = /^(i|me|my|we|us|our|he|him|his|she|her|hers|it|its|they|them|their|theirs|who|whom|whose)$/i;

/** The names in the reports; pronouns are counted and not listed. */
function Names({ list }: { list: Alias[] }) {
  const names = list.filter((one) => !PRONOUNS.test(one.words));
  const pronouns = list.filter((one) => PRONOUNS.test(one.words)).reduce((sum, one) => sum + (one.mentions ?? 0), 0);
  if (names.length === 0) return null;
  return (
    <p class="names">Written as {names.map((one, at) => <span key={one.words}>{at > 0 && ", "}<q>{one.words}</q>{one.mentions !== null && one.mentions > 1 && <small> {number(one.mentions)}×</small>}</span>)}
      {pronouns > 0 && <small>; by a pronoun {number(pronouns)}×</small>}</p>
  );
}

function One({ state, actor }: { state: State; actor: Actor | undefined }) {
  const { data } = useAnswer<Alias[]>(known(`names?actor=${encodeURIComponent(state.name)}`, state));
  return (
    <section class="one-actor" aria-label={state.name}>
      <p class="back"><a href={href({ name: "" })}>← All actors</a></p>
      <h2>{state.name}</h2>
      {actor !== undefined && <p class="when">{[actor.kind, actor.type, actor.code].filter(Boolean).join(" · ")} · {plural(actor.claims, "claim")}{actor.first !== null && `, ${shortText(actor.first)} to ${shortText(actor.last)}`}</p>}
      {actor?.also_called && <p class="names">Also called {actor.also_called.split("; ").join(", ")}</p>}
      <p><a href={href({ view: "record", actor: state.name, name: "", event: "" })}>Show on map and chronology</a></p>
      {data !== null && <Names list={data} />}
      <Posts state={state} />
    </section>
  );
}

export function ActorsView({ state }: { state: State }) {
  const actors = useAnswer<Actor[]>(question("actors", state, { limit: 300 }));
  const relations = useAnswer<Relation[]>(question("relations", state, { limit: MOST }));
  const [more, setMore] = useState(false);
  const last = relations.data !== null && relations.data.length === MOST ? monthText(relations.data[MOST - 1].month) : null;
  if (actors.error !== null) return <main class="sheet" id="main"><p class="none" role="alert">{actors.error}</p></main>;
  const list = actors.data ?? [];
  const shown = more ? list : list.slice(0, 40);
  return (
    <main class="sheet" id="main">
      {state.name !== "" ? <One state={state} actor={list.find((one) => one.name === state.name)} /> : <><h1>Actors</h1><p class="lede">Who takes part in what is told, who suffers it, and who says so.</p></>}
      <section aria-label="Who does what to whom">
        <h3>Who does what to whom</h3>
        <p class="key"><i class="dot force" />force <i class="dot moves" />troops <i class="dot words" />words and aid; the number counts claims</p>
        {relations.data === null && relations.error === null ? <p class="none" aria-busy="true">Reading…</p> : relations.error !== null ? <p class="none" role="alert">{relations.error}</p> : <Matrix relations={relations.data!} name={state.name} />}
        {last !== null && <p class="key">The first {number(MOST)} of the relations, those until {last}: choose days on the timeline of the map to see others.</p>}
      </section>
      <Months relations={relations.data ?? []} name={state.name} />
      {state.name === "" && (
        <section aria-label="All actors">
          <h3>All actors</h3>
          <div class="scroll" tabIndex={0} role="region" aria-label="Table of actors">
            <table class="list">
              <thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col" class="n">Claims</th><th scope="col" class="n">Acts</th><th scope="col" class="n">Suffers</th><th scope="col" class="n">Speaks</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
              <tbody>
                {shown.map((one) => (
                  <tr key={one.name}>
                    <th scope="row"><a href={href({ name: one.name })}>{one.name}</a></th>
                    <td>{[one.kind, one.type].filter(Boolean).join(", ")}</td>
                    <td class="n">{number(one.claims)}</td><td class="n">{number(one.agent)}</td><td class="n">{number(one.patient)}</td><td class="n">{number(one.speaker)}</td>
                    <td>{shortText(one.first)}</td><td>{shortText(one.last)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {!more && list.length > shown.length && <button type="button" class="plain" onClick={() => setMore(true)}>All {number(list.length)}</button>}
        </section>
      )}
    </main>
  );
}
