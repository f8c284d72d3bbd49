// make bench-page: first paint, slider and API over a large record, with the processor time of each beside
// the wall clock, which on a busy machine says little.
// usage: page.mjs PROGRAM RECORD ; wrk (Debian) for the API
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
const api = (path) => fetch(`${server.url}api/v1/${path}`).then((reply) => reply.json());

const began = performance.now();
const points = await api("points");
for (let before = -1; spent() !== before; before = spent(), await new Promise((resolve) => setTimeout(resolve, 1500)));
console.log(`${points.count} acts; answers ahead: ${spent().toFixed(1)} s of the processor, ${((performance.now() - began) / 1000).toFixed(1)} s (${load()})`);

// ------------------------------------------------------------------ the page
const browser = await open();
const paints = [], busy = [];
const moves = [], work = [];
for (let round = 0; round < 5; round++) {
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
await browser.close();
console.log(`first paint: best ${Math.min(...paints).toFixed(0)} ms, median ${middle(paints).toFixed(0)} ms; main thread ${Math.min(...busy).toFixed(0)} ms (${load()})`);
console.log(`slider move: best ${Math.min(...moves).toFixed(0)} ms, median ${middle(moves).toFixed(0)} ms, p95 ${middle(moves, 0.95).toFixed(0)} ms; main thread ${Math.min(...work).toFixed(1)} ms (${load()})`);

// ------------------------------------------------------------------ the API
const paths = [];
const step = (list, count) => list.filter((_, at) => at % Math.max(1, Math.floor(list.length / count)) === 0);
const days = await api("days");
const reports = await api("reports?limit=3000&offset=2000");
for (const event of step([...new Set(points.event)], 500)) paths.push(`events/${event}`, `decisions/${event}`);
for (const report of step(reports, 250)) paths.push(`reports/${report.report}`);
for (const day of step(days.day, 250)) paths.push(`timeline?from=${day}&to=${day}&limit=100`, `events?from=${day}&to=${day}&limit=50`, `facets?from=${day}&to=${day}`);
for (const place of step([...new Set(points.place.filter(Boolean))], 60)) paths.push(`timeline?place=${encodeURIComponent(place)}&limit=100&offset=0`);
const whole = ["summary", "points", "timeline?limit=100&offset=0", "actors?limit=300", "relations?limit=2000", "control?history=yes"];
const mixed = paths.map((path, at) => [path, (at * 7919) % paths.length]).sort((a, b) => a[1] - b[1]).flatMap(([path], at) => (at % 25 === 0 ? [path, whole[(at / 25) % whole.length]] : [path]));
writeFileSync(join(folder, "paths"), mixed.map((path) => `/api/v1/${path}`).join("\n"));
const first = spent();
const wrk = spawnSync("wrk", ["-t1", "-c10", "-d30s", "--latency", "-s", "tests/bench/page.lua", server.url, "--", join(folder, "paths")]);
if (wrk.error) console.log("wrk is not there: apt-get install wrk");
else {
  const out = wrk.stdout.toString();
  const at = (part) => new RegExp(`${part}%\\s+(\\S+)`).exec(out)?.[1];
  const rate = Number(/Requests\/sec:\s+(\S+)/.exec(out)?.[1]);
  console.log(`API: ${rate.toFixed(0)} requests/s of ${mixed.length} questions, p50 ${at(50)}, p90 ${at(90)}, p99 ${at(99)}; ${(((spent() - first) / (rate * 30)) * 1000).toFixed(1)} ms of the processor each${/Non-2xx/.test(out) ? `; ${/Non-2xx.*/.exec(out)[0]}` : ""} (${load()})`);
}
const memory = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1];
console.log(`server: at most ${Math.round(memory / 1024)} MB`);
await server.stop();
rmSync(folder, { recursive: true });
process.exit(0);
