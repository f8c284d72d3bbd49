// make bench-page: first paint, slider and API over a large record, with the processor time of each beside
// the wall clock, which on a busy machine says little.
// usage: page.mjs PROGRAM RECORD ; wrk (Debian) for the API; BENCH_ONLY=api leaves the browser out
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { open } from "../page/browser.mjs";
import { serve } from "../page/server.mjs";

const [program, record] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "annals-bench-"));
const load = () => `load ${loadavg()[0].toFixed(1)}`;
const middle = (list, part = 0.5) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(part * list.length))];
const server = await serve(program, record, ["--quiet", "--query-time", "60"]);
/** Processor seconds of the server so far. */
const spent = () => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
// A connection that was long idle is closed by the server: asked once more then.
const get = (path) => fetch(`${server.url}api/v1/${path}`).catch(() => fetch(`${server.url}api/v1/${path}`));
const api = (path) => get(path).then((reply) => reply.json());

const began = performance.now();
const points = await api("points");
for (let before = -1; spent() !== before; before = spent(), await new Promise((resolve) => setTimeout(resolve, 1500)));
console.log(`${points.count} acts; answers ahead: ${spent().toFixed(1)} s of the processor, ${((performance.now() - began) / 1000).toFixed(1)} s (${load()})`);

// ------------------------------------------------------------------ the page
const browser = process.env.BENCH_ONLY === "api" ? null : await open();
const paints = [], busy = [];
const moves = [], work = [];
for (let round = 0; browser !== null && round < 5; round++) {
  const page = await browser.page("bench", server.url);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const task = async () => (await session.send("Performance.getMetrics")).metrics.find((one) => one.name === "TaskDuration").value * 1000;
  const start = performance.now();
  await page.goto(server.url, { waitUntil: "commit" });
  // The list, and the map with its acts.
  await page.waitForFunction(() => document.querySelector(".chronicle .line") !== null && Number(document.querySelector(".chart")?.dataset.drawn ?? 0) > 0, null, { polling: "raf" });
  paints.push(performance.now() - start);
  busy.push(await task());
  await page.waitForTimeout(1500);
  const before = await task();
  const took = await page.evaluate(async () => {
    const handle = document.querySelector("[data-handle=now]");
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    handle.focus();
    const press = (key) => handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    press("Home");
    for (let i = 0; i < 20; i++) press("PageUp");
    await frame();
    const found = [];
    for (let i = 0; i < 30; i++) {
      const from = performance.now();
      press("PageUp");
      // One frame to change what is shown, and its end.
      await frame();
      await frame();
      found.push(performance.now() - from);
    }
    return found;
  });
  moves.push(...took);
  work.push(((await task()) - before) / 51);
  await page.context().close();
}
await browser?.close();
if (browser !== null) {
  console.log(`first paint: best ${Math.min(...paints).toFixed(0)} ms, median ${middle(paints).toFixed(0)} ms; main thread ${Math.min(...busy).toFixed(0)} ms (${load()})`);
  console.log(`slider move: best ${Math.min(...moves).toFixed(0)} ms, median ${middle(moves).toFixed(0)} ms, p95 ${middle(moves, 0.95).toFixed(0)} ms; main thread ${Math.min(...work).toFixed(1)} ms (${load()})`);
}

// ------------------------------------------------------------------ the API
// Of a hundred questions: events 20 and what was decided on them 8, reports 12, claims 4, lines of days and
// places 14 and of actors 3, events of a day or a place 6, facets 8, acts on the map by place, actor or type 5,
// days 3, words 5, who holds what 3, lists by outlet and status 3, names, actors, places and relations of a
// month 2, figures, disputes and maps as files of a few days 2; and 4 that the page asks of the whole record,
// which alone are asked again and again. Each kind is spread over the whole of the list.
const kinds = [];
const add = (share, ...lists) => kinds.push([share, lists[0].flatMap((_, at) => lists.map((list) => list[at]).filter(Boolean))]);
const step = (list, count) => list.filter((_, at) => at % Math.max(1, Math.floor(list.length / count)) === 0).slice(0, count);
const name = encodeURIComponent;
const later = (day, count) => new Date(Date.parse(day) + count * 86400000).toISOString().slice(0, 10);
const days = (await api("days")).day, months = step(days, 200);
const stretch = (day, count) => `from=${day}&to=${later(day, count)}`;
const events = step([...new Set(points.event)], 600), places = step([...new Set(points.place.filter(Boolean))], 300).map(name);
const actors = (await api("actors?limit=300")).map((one) => name(one.name));
const sources = (await api("facets")).filter((one) => one.facet === "source").map((one) => name(one.value));
const claims = step(await api("claims?limit=2000&offset=3000"), 120);
const words = (await api("claims?limit=2000&offset=90000")).map((one) => one.sentence ?? "").flatMap((one) => one.match(/[a-z]{5,}/g) ?? []);
const pairs = [...new Set(words)].flatMap((word, at, all) => [word, `${word} ${all[(at * 7 + 3) % all.length]}`]);
add(20, events.map((one) => `events/${one}`));
add(8, events.map((one) => `decisions/${one}`));
add(12, step(await api("reports?limit=3000&offset=2000"), 360).map((one) => `reports/${one.report}`));
add(4, claims.map((one) => `claims/${one.claim}`));
add(14, months.map((day) => `timeline?from=${day}&to=${day}&limit=100&offset=0`), places.map((one) => `timeline?place=${one}&limit=100&offset=0`),
  months.map((day, at) => `timeline?place=${places[at % places.length]}&${stretch(day, 14)}&limit=200`));
add(3, actors.map((one) => `timeline?actor=${one}&limit=100&offset=0`));
add(6, months.map((day) => `events?from=${day}&to=${day}&limit=50`), places.map((one) => `events?place=${one}&limit=50`));
add(8, months.map((day) => `facets?${stretch(day, 1)}`), months.map((day) => `facets?${stretch(day, 30)}`), actors.map((one) => `facets?actor=${one}`), places.map((one) => `facets?place=${one}`));
add(5, places.map((one) => `points?place=${one}`), actors.map((one) => `points?actor=${one}`), sources.map((one) => `points?source=${one}&type=COERCE`));
add(3, places.map((one) => `days?place=${one}`), actors.map((one) => `days?actor=${one}&status=claimed`));
add(5, pairs.map((one) => `search?text=${name(one)}&limit=200`));
add(3, months.map((day) => `control?on=${day}`), months.map((day) => `control?on=${day}&as_of=${later(day, 3)}`));
add(3, sources.map((one) => `claims?source=${one}&limit=50`), sources.map((one) => `reports?source=${one}&limit=50`), months.map((day) => `claims?status=denied&from=${day}&limit=50`));
add(2, actors.map((one) => `names?actor=${one}`), months.map((day) => `actors?${stretch(day, 30)}&limit=100`), months.map((day) => `places?${stretch(day, 30)}&limit=100`), months.map((day) => `relations?${stretch(day, 30)}&limit=200`));
add(2, months.map((day) => `counts?what=killed&${stretch(day, 3)}&place=${places[0]}`), months.map((day) => `disputes?${stretch(day, 0)}&limit=50`), months.map((day) => `geojson?${stretch(day, 6)}`), months.map((day) => `events?${stretch(day, 6)}&format=csv`));
const whole = ["summary", "points", "timeline?limit=100&offset=0", "actors?limit=300", "relations?limit=2000", "control?history=yes"];
add(4, Array.from({ length: 120 }, (_, at) => whole[at % whole.length]));
const ASKED = 3000;
const mixed = kinds.flatMap(([share, list]) => Array.from({ length: (ASKED * share) / 100 }, (_, at) => [list[at % list.length], (at + 0.5) / share]))
  .sort((a, b) => a[1] - b[1]).map(([path]) => path);
writeFileSync(join(folder, "paths"), mixed.map((path) => `/api/v1/${path}`).join("\n"));
const first = spent();
const wrk = spawnSync("wrk", ["-t1", "-c10", "-d30s", "--latency", "-s", "tests/bench/page.lua", server.url, "--", join(folder, "paths")]);
if (wrk.error) console.log("wrk is not there: apt-get install wrk");
else {
  const out = wrk.stdout.toString();
  const at = (part) => new RegExp(`${part}%\\s+(\\S+)`).exec(out)?.[1];
  const rate = Number(/Requests\/sec:\s+(\S+)/.exec(out)?.[1]);
  console.log(`API: ${rate.toFixed(0)} requests/s of ${new Set(mixed).size} different questions, p50 ${at(50)}, p90 ${at(90)}, p99 ${at(99)}; ${(((spent() - first) / (rate * 30)) * 1000).toFixed(1)} ms of the processor each${/Non-2xx/.test(out) ? `; ${/Non-2xx.*/.exec(out)[0]}` : ""} (${load()})`);
}
// ------------------------------------------------------------------ each kind alone
const routes = new Map();
for (const path of [...new Set(mixed)].filter((_, at) => at % 5 === 2)) {
  const kind = path.replace(/\/[a-z]\w+$/, "/ID").replace(/\?.*/, (search) => ` ${[...new URLSearchParams(search).keys()].filter((key) => !["limit", "offset"].includes(key)).join(" ")}`).trim();
  const before = spent(), began = performance.now();
  await get(path).then((reply) => reply.arrayBuffer());
  routes.set(kind, [...(routes.get(kind) ?? []), [spent() - before, performance.now() - began]]);
}
for (const [kind, times] of [...routes].sort())
  console.log(`  ${kind.padEnd(32)} ${String(times.length).padStart(3)} asked, processor ${((1000 * times.reduce((sum, [one]) => sum + one, 0)) / times.length).toFixed(1).padStart(6)} ms, wall median ${middle(times.map(([, one]) => one)).toFixed(1)} ms, most ${Math.max(...times.map(([, one]) => one)).toFixed(1)} ms`);
const memory = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1];
console.log(`server: at most ${Math.round(memory / 1024)} MB`);
await server.stop();
rmSync(folder, { recursive: true });
process.exit(0);
