// The second clock: as known on a day, no answer of any route holds what was published later; and what it
// says of that day is what a record of the reports until then says.
// usage: known.mjs PROGRAM
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { check, finish, serve } from "./server.mjs";

const [program] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "annals-known-"));
const CLOCK = "2019-03-06";

// Three days of news. What only the later ones tell has a word that stands nowhere else.
const reports = [
  { id: "first", source: "Morning Post", published: "2019-03-05", title: "Bomb in Kunduz", text: "KUNDUZ - A bomb killed five people in Kunduz on Monday, the police chief said. The bomb in Kunduz killed eight people, a doctor said. The Taliban attacked a checkpoint in Kunduz on Monday and killed two policemen. President Ashraf Ghani on Monday appointed Asadullah Khalid as defence minister. The Taliban captured the town of Imam Sahib on Monday, residents said." },
  { id: "second", source: "Evening Zephyr", published: "2019-03-07", title: "Zephyr: bomb toll rises in Kunduz", text: "KUNDUZ - A bomb killed nine people in Kunduz on Monday, doctors at the Zephyr hospital said. The Taliban denied that they killed anyone in Kunduz on Monday. Government forces recaptured the town of Imam Sahib on Wednesday, the Zephyr reported." },
  { id: "third", source: "Zephyr Weekly", published: "2019-03-09", title: "The Zephyr week", text: "KABUL - Defence Minister Asadullah Khalid resigned on Friday, the Zephyr reported. Soldiers killed three Zephyr rebels in Baghlan on Thursday." },
  { id: "undated", source: "Zephyr Archive", title: "Zephyr without a day", text: "Gunmen killed four Zephyr farmers in Faryab. The Taliban attacked a checkpoint in Kunduz." },
];
const record = (name, list) => {
  const path = join(folder, `${name}.db`);
  writeFileSync(join(folder, `${name}.jsonl`), list.map((one) => JSON.stringify(one)).join("\n"));
  check(`${name}: read`, spawnSync(program, ["--record", path, "read", "--quiet", join(folder, `${name}.jsonl`)]).status === 0);
  return path;
};
const path = record("all", reports);
const early = record("early", reports.slice(0, 1));
const claimsOf = (where) => JSON.parse(spawnSync(program, ["--record", where, "claims", "--format", "json"]).stdout.toString());
const later = claimsOf(path).filter((one) => (one.published ?? "9999") > CLOCK);
const before = claimsOf(path).filter((one) => (one.published ?? "9999") <= CLOCK);
check("there is something before and after", before.length > 2 && later.length > 3);
const decide = (claim) => spawnSync(program, ["--record", path, "amend", claim, "--accept", "--reason", "read again", "--author", "tester"]).status;
check("decisions on both", decide(before[0].claim) === 0 && decide(later[0].claim) === 0);

const server = await serve(program, path, ["--quiet"]);
const then = await serve(program, early, ["--quiet"]);
const get = async (from, question) => {
  const reply = await fetch(`${from.url}api/v1/${question}`);
  return { status: reply.status, text: await reply.text() };
};
const description = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
const resolve = (one) => (one.$ref ? one.$ref.slice(2).split("/").reduce((at, key) => at[key], description) : one);

// ------------------------------------------------------------------ every route
const hidden = [/zephyr/i, ...reports.slice(1).map((one) => one.published).filter(Boolean).map((day) => new RegExp(day)),
  ...new Set(later.flatMap((one) => [one.claim]))].map((one) => (one instanceof RegExp ? one : new RegExp(one)));
const event = before.find((one) => later.some((other) => other.event === one.event)) ?? before[0];
const laterEvent = later.find((one) => !before.some((other) => other.event === one.event));
check("an event of both days", later.some((one) => one.event === event.event));
const list = JSON.parse((await get(server, "reports?limit=50")).text);
const reportOf = (name) => list.find((one) => one.id === name).report;
const ids = { events: [event.event, laterEvent.event], claims: [event.claim, later[0].claim], reports: [reportOf("first"), reportOf("second")], decisions: [event.event, laterEvent.event] };
const values = { text: "Kunduz", actor: "Assadullah Khaled", what: "killed" };
const CLOCKLESS = ["/access"]; // says nothing of the record
for (const [route, { get: { parameters } }] of Object.entries(description.paths)) {
  if (CLOCKLESS.includes(route)) continue;
  const names = parameters.map(resolve);
  check(`${route}: takes as_of`, names.some((one) => one.name === "as_of"));
  const needed = names.filter((one) => one.required && one.in === "query").map((one) => `${one.name}=${encodeURIComponent(values[one.name])}`);
  if (names.some((one) => one.name === "history")) needed.push("history=yes");
  for (const [at, id] of (route.includes("{id}") ? ids[route.split("/")[1]] : [""]).entries()) {
    const name = route.slice(1).replace("{id}", id);
    const formats = names.some((one) => one.name === "format") ? ["", "&format=csv"] : [""];
    for (const format of formats) {
      const asked = await get(server, `${name}?${[...needed, `as_of=${CLOCK}`].join("&")}${format}`);
      const leak = asked.status === 404 ? undefined : hidden.find((one) => one.test(asked.text));
      check(`${name}${format}: nothing of later days`, leak === undefined, `${leak}: ${asked.text.slice(Math.max(0, asked.text.search(leak ?? /$/) - 80), asked.text.search(leak ?? /$/) + 60)}`);
      check(`${name}${format}: ${at === 0 ? "there" : "not there yet"}`, at === 0 ? asked.status === 200 && asked.text.length > 4
        : asked.status === 404 || asked.text.trim() === "[]", `${asked.status} ${asked.text.slice(0, 80)}`);
    }
    const whole = await get(server, `${name}?${needed.join("&")}`);
    if (at === 0 && !["/claims/{id}", "/reports/{id}", "/decisions/{id}"].includes(route)) check(`${name}: without a day it is there`, hidden.some((one) => one.test(whole.text)) || /uncertain|summary/.test(name), whole.text.slice(0, 60));
    const wrong = await get(server, `${name}?${[...needed, "as_of=yesterday"].join("&")}`);
    check(`${name}: a day is a day`, wrong.status === 400 && /YYYY-MM-DD/.test(wrong.text), wrong.text.slice(0, 80));
  }
}

// ------------------------------------------------------------------ as a record of that day would say it
const same = async (question, part = (one) => one) => {
  const glue = question.includes("?") ? "&" : "?";
  const [one, other] = [await get(server, `${question}${glue}as_of=${CLOCK}`), await get(then, question)];
  const [known, told] = [part(JSON.parse(one.text)), part(JSON.parse(other.text))];
  check(`${question}: as a record of that day`, JSON.stringify(known) === JSON.stringify(told), `${JSON.stringify(known).slice(0, 300)} <> ${JSON.stringify(told).slice(0, 300)}`);
};
// Ids of events are left out: that of an undated report may stand before all others.
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();
await same("summary", ({ record: _, ...rest }) => rest);
await same("counts?what=killed", ({ by_event: _, by_source: sources, ...rest }) => [rest, sorted(sources.map((one) => [one.according_to, one.source, one.low, one.high, one.left_out]))]);
await same("days");
await same("facets");
await same("reports", (list) => list.map(({ paths: _, ...rest }) => rest));
await same("control?history=yes", (list) => list.map(({ as_of: _, ...rest }) => rest));
await same("posts?actor=Assadullah%20Khaled", (list) => list.filter((one) => one.basis === "report").map(({ event: _, ...rest }) => rest));
await same("actors", (list) => list.map((one) => [one.name, one.claims, one.first, one.last]));
await same("relations");
await same("places", (list) => list.map((one) => [one.place, one.claims]));
await same("disputes", (list) => list.map((one) => [one.kind, one.about, one.sides.map((side) => [side.says, side.sentence])]));
await same("points", (one) => sorted(one.plover.map((plover, at) => [plover, one.status[at], one.place[at], one.first[at], one.known[at], one.claims[at]])));
await same("timeline", (list) => sorted(list.map((one) => [one.line, one.when, one.place, one.status, one.reports, one.disputed])));
await same(`claims/${event.claim}`, ({ claim: { event: _, decisions: __, ...claim }, told }) => [claim, told]);
await server.stop();
await then.stop();
rmSync(folder, { recursive: true });
finish();
