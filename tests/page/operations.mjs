// What a monitor asks of `annals serve`: /healthz, /metrics, and the log as JSON.
// usage: operations.mjs PROGRAM RECORD
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, finish, serve } from "./server.mjs";
import { figure, lint } from "./exposition.mjs";
import { asker, bodyOf, isShape, raw, status } from "./wire.mjs";

const [program, given] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "annals-operations-"));
const record = join(folder, "record.db");
copyFileSync(given, record);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// ------------------------------------------------------------------ the test's own eyes
const good = '# HELP annals_a_total Of a.\n# TYPE annals_a_total counter\nannals_a_total{b="c\\"d"} 3\n';
check("the lint takes what is right", lint(good).length === 0, lint(good).join("; "));
const histogram = (inf, count) =>
  `# HELP annals_t_seconds Of t.\n# TYPE annals_t_seconds histogram\nannals_t_seconds_bucket{le="1"} 2\nannals_t_seconds_bucket{le="+Inf"} ${inf}\nannals_t_seconds_sum 3\nannals_t_seconds_count ${count}\n`;
check("and a histogram", lint(histogram(3, 3)).length === 0);
for (const [title, text] of [
  ["no end", good.trimEnd()],
  ["a counter without _total", good.replaceAll("_total", "")],
  ["a sample twice", good + good.split("\n")[2] + "\n"],
  ["a family twice", good + good],
  ["a label without quotes", good.replace(/\{.*\}/, "{b=c}")],
  ["a value that is none", good.replace(" 3\n", " three\n")],
  ["no type", good.replace(/# TYPE.*\n/, "")],
  ["a foreign sample", `${good}annals_other 1\n`],
  ["milliseconds", good.replaceAll("_a_total", "_a_milliseconds_total")],
  ["buckets that fall", histogram(1, 1)],
  ["a count that is not +Inf", histogram(3, 4)],
])
  check(`the lint finds ${title}`, lint(text).length > 0);

// ------------------------------------------------------------------ without a token
const server = await serve(program, record, ["--log-format", "json"]);
const ask = asker(server.port);
const healthy = await fetch(`${server.url}healthz`);
check("/healthz is 200", healthy.status === 200 && (await healthy.json()).status === "ok");
check("/healthz is not kept", healthy.headers.get("cache-control") === "no-store");
check("/healthz to HEAD", (await fetch(`${server.url}healthz`, { method: "HEAD" })).status === 200);
check("/healthz under any name", status(await raw(`GET /healthz HTTP/1.1\r\nHost: annals.example\r\nConnection: close\r\n\r\n`, server.port)) === 200);
check("/metrics under its own alone", status(await raw(`GET /metrics HTTP/1.1\r\nHost: annals.example\r\nConnection: close\r\n\r\n`, server.port)) === 403);
check("/healthz takes no POST", status(await ask("POST /healthz", "Content-Length: 0\r\n")) === 405);

await (await fetch(`${server.url}api/v1/events?limit=3`)).text();
await (await fetch(`${server.url}api/v1/events?limit=4`)).text();
await (await fetch(`${server.url}api/v1/claims/c0000000000000`)).text();
await (await fetch(`${server.url}nothing/here/<b>"\\`)).text();
await raw("nonsense\r\n\r\n", server.port);
// A request is counted once its reply has gone out: the last may be a moment late.
const measure = async () => {
  const answer = await fetch(`${server.url}metrics`);
  return [answer, await answer.text()];
};
let [reply, text] = await measure();
for (let tries = 0; tries < 50 && !(text.includes('route="other"') && text.includes('route="malformed"')); tries++) {
  await pause(100);
  [reply, text] = await measure();
}
check("/metrics is of Prometheus' type", reply.headers.get("content-type") === "text/plain; version=0.0.4; charset=utf-8");
check("/metrics is well formed", lint(text).length === 0, lint(text).join("; "));
const version = spawnSync(program, ["--version"]).stdout.toString().trim().split(" ")[1];
check("the version", figure(text, `annals_build_info{version="${version}"}`) === 1);
check("requests are counted", figure(text, 'annals_http_requests_total{route="/api/v1/events",method="GET",status="200"}') === 2);
check("ids are no labels", figure(text, 'annals_http_requests_total{route="/api/v1/claims/ID",method="GET",status="404"}') === 1 && !text.includes("c00000"));
check("unknown paths are one route", figure(text, 'annals_http_requests_total{route="other",method="GET",status="404"}') === 1 && !text.includes("nothing"));
check("what is no HTTP is counted", figure(text, 'annals_http_requests_total{route="malformed",method="other",status="400"}') === 1);
check("and timed", figure(text, 'annals_http_request_duration_seconds_count{route="/api/v1/events"}') === 2);
const info = JSON.parse(spawnSync(program, ["--record", record, "info", "--format", "json"]).stdout.toString());
for (const what of ["reports", "claims", "events"]) check(`the record's ${what}`, figure(text, `annals_record_${what} `) === info[what] && info[what] > 0);
check("its size", figure(text, "annals_record_size_bytes ") >= readFileSync(record).length);
const decided = JSON.parse(spawnSync(program, ["--record", record, "log", "--format", "json"]).stdout.toString()).length;
check("its decisions", figure(text, "annals_record_decisions ") === decided && decided > 0);
check("all merged", figure(text, "annals_record_unmerged_reports ") === 0);
const changed = figure(text, "annals_record_last_change_timestamp_seconds ");
check("when it changed", changed > 1.5e9 && changed <= Date.now() / 1000);
check("the server's beginning", Math.abs(Date.now() / 1000 - figure(text, "process_start_time_seconds ")) < 60);
for (const path of ["/healthz?a=b", "/metrics?token=abc"]) check(`${path} is answered or refused`, [200, 400].includes((await fetch(server.url.slice(0, -1) + path)).status));

// ------------------------------------------------------------------ what changes
const claim = spawnSync(program, ["--record", record, "claims", "--limit", "1", "--format", "json"]).stdout.toString().match(/c[0-9a-z]{13}/)[0];
await pause(5100);
spawnSync(program, ["--record", record, "amend", claim, "--accept", "--author", "tester"]);
const later = await (await fetch(`${server.url}metrics`)).text();
check("a decision more", figure(later, "annals_record_decisions ") === decided + 1);
check("changed since", figure(later, "annals_record_last_change_timestamp_seconds ") > changed);

// ------------------------------------------------------------------ the log
await fetch(`${server.url}api/v1/events?text=%0a%1b[31m%e2%80%ae%ff`);
await fetch(`${server.url}?token=averysecretword1`);
await server.stop();
const lines = server.log().trimEnd().split("\n");
const events = lines.map((line) => {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
});
check("each line of the log is an object", events.every((one) => one !== null), lines.find((_, i) => events[i] === null));
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
check("with time, level and message", events.every((one) => time.test(one.time) && ["info", "warning", "error"].includes(one.level) && typeof one.message === "string"));
const request = events.find((one) => one.target === "/api/v1/events?limit=3");
check("a request", request?.message === "request" && request.status === 200 && request.bytes > 0 && request.seconds >= 0 && request.client === "127.0.0.1" && request.method === "GET", JSON.stringify(request));
check("a refusal with its reason", events.some((one) => one.status === 404 && one.level === "warning" && one.reason.length > 5));
check("its beginning", events.some((one) => one.message === "serving" && one.port === server.port));
// A request whose reply has gone out may be noted behind it.
const stopping = events.findIndex((one) => one.message === "stopping");
check("its end", stopping > 0 && events.slice(stopping + 1).every((one) => one.message === "request"), JSON.stringify(events.slice(stopping)));
check("no control characters", !/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/.test(server.log()));
check("no token", !server.log().includes("secretword"));

// ------------------------------------------------------------------ with a token
writeFileSync(join(folder, "token"), "a-token-of-the-test\n");
const closed = await serve(program, record, ["--token-file", join(folder, "token")]);
check("/healthz needs no token", (await fetch(`${closed.url}healthz`)).status === 200);
const refused = await fetch(`${closed.url}metrics`);
check("/metrics needs it", refused.status === 401 && isShape(await refused.text(), 401));
const bearer = await fetch(`${closed.url}metrics`, { headers: { Authorization: "Bearer a-token-of-the-test" } });
check("/metrics with it", bearer.status === 200 && lint(await bearer.text()).length === 0);
await closed.stop();
rmSync(folder, { recursive: true, force: true });
finish();
