// The server against its description (docs/openapi.json) and against clients that mean no good.
// usage: http.mjs PROGRAM RECORD ; RECORD holds the example reports.
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import http from "node:http";
import { spawnSync } from "node:child_process";
import { check, finish, serve } from "./server.mjs";
import { asker, isShape, raw, status } from "./wire.mjs";

const [program, record] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "annals-http-"));
const server = await serve(program, record);
const api = `${server.url}api/v1/`;

const ask = asker(server.port);

// ------------------------------------------------------------------ the description
const description = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
const seen = new Set();
const resolveReference = (one) => (one.$ref ? one.$ref.slice(2).split("/").reduce((at, key) => at[key], description) : one);
/** Every key of the reply is described; what was seen is noted. */
function walk(value, schema, path, missing) {
  schema = resolveReference(schema);
  if (Array.isArray(value)) value.forEach((item) => walk(item, schema.items ?? {}, path, missing));
  else if (value !== null && typeof value === "object")
    for (const [key, inner] of Object.entries(value)) {
      if (!schema.properties?.[key]) missing.add(`${path}.${key}`);
      else {
        seen.add(schema.properties[key]);
        walk(inner, schema.properties[key], `${path}.${key}`, missing);
      }
    }
}
const line = (await (await fetch(`${api}timeline?text=hospital&limit=1`)).json())[0];
const ids = { events: line.event, claims: line.claim, reports: line.report, decisions: line.event };
const values = {
  from: "2001-01-01", to: "2030-01-01", place: "Kunduz", actor: "Taliban", type: "ASSAULT", status: "asserted", source: "a",
  text: "killed", as_of: "2021-12-31", limit: "5", offset: "0", format: "json", on: "2015-10-05", history: "yes", speaker: "Taliban", what: "killed", report: ids.reports,
};
for (const [path, { get }] of Object.entries(description.paths)) {
  const name = path.slice(1).replace("{id}", ids[path.split("/")[1]] ?? "");
  const parameters = get.parameters.map(resolveReference);
  const needed = parameters.filter((one) => one.required && one.in === "query").map((one) => `${one.name}=${values[one.name]}`);
  const reply = await fetch(`${api}${name}?${needed.join("&")}`);
  const type = reply.headers.get("content-type");
  const content = get.responses["200"].content;
  check(`${path}: 200 and ${type}`, reply.status === 200 && content[type] !== undefined);
  const missing = new Set();
  walk(await reply.json(), content[type].schema, "", missing);
  check(`${path}: every field is described`, missing.size === 0, [...missing].join(" "));
  for (const one of parameters.filter((one) => one.in === "query")) {
    const also = needed.filter((other) => !other.startsWith(`${one.name}=`));
    const taken = await fetch(`${api}${name}?${[...also, `${one.name}=${values[one.name]}`].join("&")}`);
    check(`${path}: takes ${one.name}`, taken.status === 200, String(taken.status));
    await taken.arrayBuffer();
  }
  const other = await fetch(`${api}${name}?${[...needed, "sort=1"].join("&")}`);
  check(`${path}: refuses what is not described`, other.status === 400 && isShape(await other.text(), 400));
}
const unseen = [];
for (const [name, schema] of Object.entries(description.components.schemas))
  if (name !== "Error") for (const [key, inner] of Object.entries(schema.properties)) if (!seen.has(inner)) unseen.push(`${name}.${key}`);
check("every field that is described is there", unseen.length === 0, unseen.join(" "));
const documented = readFileSync("docs/http.md", "utf8");
for (const path of Object.keys(description.paths)) check(`docs/http.md has ${path}`, documented.includes(`\`${path.slice(1).replace("{id}", "ID").replace(/^search/, "search?text=").replace(/^counts/, "counts?what=").replace(/^(names|posts)/, "$1?actor=")}`));

// ------------------------------------------------------------------ answers
const events = await (await fetch(`${api}events`)).json();
const counted = JSON.parse(spawnSync(program, ["--record", record, "events", "--format", "json"]).stdout.toString());
check("events are those of the command line", JSON.stringify(events) === JSON.stringify(counted.slice(0, 200)));
const page = async (offset) => (await (await fetch(`${api}timeline?limit=7&offset=${offset}`)).json()).map((one) => one.claim);
const [all, first, second] = [(await (await fetch(`${api}timeline?limit=14`)).json()).map((one) => one.claim), await page(0), await page(7)];
check("pages follow one another", JSON.stringify(all) === JSON.stringify([...first, ...second]));
const before = await (await fetch(`${api}points?as_of=2002-01-01`)).json();
check("as_of leaves out what was not yet published", before.count > 0 && before.known.every((day) => day <= "2002-01-01"));
const csv = await (await fetch(`${api}events?format=csv&limit=3`)).text();
check("CSV has a head and its rows", csv.trim().split("\r\n").length === 4 && csv.startsWith("event,"), csv.slice(0, 60));
const text = (await (await fetch(`${api}reports/${ids.reports}`)).json());
const points = Array.from(text.report.text);
check("marks are code points of the text", text.marks.every((mark) => mark.stop > mark.start && mark.stop <= points.length) &&
  text.marks.some((mark) => mark.kind === "place" && points.slice(mark.start, mark.stop).join("") === "Kunduz"));
check("a report's claims are its own", text.claims.length === text.report.claims && text.claims.every((one) => one.told.report === ids.reports));

// ------------------------------------------------------------------ caches and heads
const once = await fetch(`${api}timeline`);
const tag = once.headers.get("etag");
await once.arrayBuffer();
const again = await ask("GET /api/v1/timeline", `If-None-Match: ${tag}\r\n`);
check("304 where nothing changed", status(again) === 304 && /\r\n\r\n$/.test(again), again.slice(0, 40));
const packed = await ask("GET /api/v1/timeline", "Accept-Encoding: gzip\r\n");
check("gzip where it is taken", /content-encoding: gzip/i.test(packed));
check("no gzip where it is not", !/content-encoding/i.test(await ask("GET /api/v1/timeline")));
const head = await ask("HEAD /api/v1/timeline");
check("HEAD has no body", status(head) === 200 && /\r\n\r\n$/.test(head) && /content-length: [1-9]/i.test(head));
for (const path of ["/", "/api/v1/summary", "/api/v1/nothing", "/nothing"]) {
  const reply = await ask(`GET ${path}`);
  check(`${path}: guarded`, /content-security-policy: default-src 'none'/i.test(reply) && /x-content-type-options: nosniff/i.test(reply) &&
    /frame-ancestors 'none'/.test(reply) && !/access-control-allow/i.test(reply) && !/unsafe-(inline|eval)/.test(reply.split("\r\n\r\n")[0]));
}

// ------------------------------------------------------------------ clients that mean no good
const secret = "root:x:";
for (const path of ["/../../../../etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../../../etc/passwd",
  "//etc/passwd", "/geo/..%5c..%5cetc%5cpasswd", "/index.html/../../gazetteer.bin", "/.", "/%2f"]) {
  const reply = await ask(`GET ${path}`);
  check(`${path} leads nowhere`, status(reply) === 404 && !reply.includes(secret) && isShape(reply.split("\r\n\r\n")[1], 404), reply.slice(0, 30));
}
for (const [path, code] of [["/%00", 400], ["/%zz", 400], ["/%c0%ae", 400], ["/api/v1/events?text=%ff", 400], ["/api/v1/events?from=2001-02-30", 400],
  ["/api/v1/events?limit=0", 400], ["/api/v1/events?limit=-1", 400], ["/api/v1/events?limit=99999999999999999999", 400],
  ["/api/v1/events?from=2001-01-01&from=2002-01-01", 400], ["/api/v1/events?text=a%0d%0aSet-Cookie:%20b=c", 400],
  ["/api/v1/search", 400], ["/api/v1/names", 400], [`/api/v1/events?text=${"a".repeat(1100)}`, 400], [`/api/v1/events?${"a=b&".repeat(30)}`, 400],
  [`/${"a".repeat(9000)}`, 414], ["/api/v1/events/e0000000000000", 404], ["/api/v1/events/%27%20OR%201=1", 404], ["/api/v1/reports/c0", 404],
  ["/api/v1/", 404], ["/api/v2/events", 404], ["/api/v1/events/", 404]]) {
  const reply = await ask(`GET ${path}`);
  check(`${path.slice(0, 60)}: ${code}`, status(reply) === code && isShape(reply.split("\r\n\r\n")[1], code) && !/^set-cookie/im.test(reply), reply.slice(0, 40));
}
for (const search of ["%22", "%22%22", "*", "NEAR(", "a%20OR", "%27;DROP%20TABLE%20reports", "%25", "_", "%F0%9F%92%A3"])
  check(`text=${search} is words, no language`, status(await ask(`GET /api/v1/search?text=${search}`)) === 200);
for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"]) {
  const reply = await ask(`${method} /api/v1/events`, "Content-Length: 3\r\n", "a=b");
  check(`${method} is refused`, status(reply) === 405 && isShape(reply.split("\r\n\r\n")[1], 405), reply.slice(0, 40));
}
for (const host of ["evil.example", `evil.example:${server.port}`, "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "0.0.0.0", ""]) {
  const reply = await raw(`GET /api/v1/events HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, server.port);
  check(`Host "${host}" is not ours`, status(reply) === 403 && isShape(reply.split("\r\n\r\n")[1], 403), reply.slice(0, 40));
}
check("no Host, HTTP/1.0", status(await raw("GET / HTTP/1.0\r\n\r\n", server.port)) === 403);
for (const host of ["localhost", `LOCALHOST:${server.port}`, "127.0.0.1", "[::1]"])
  check(`Host "${host}" is ours`, status(await raw(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, server.port)) === 200);
check("SIGTERM stops it in peace", (await server.stop()) === 0);

// ------------------------------------------------------------------ token
const tokenFile = join(folder, "token");
const token = "an-invented-token-0123456789";
writeFileSync(tokenFile, `${token}\n`);
const refused = (options) => spawnSync(program, ["--record", record, "serve", ...options], { timeout: 5000 }).status;
check("another address without a token", refused(["--listen", "0.0.0.0"]) === 2);
writeFileSync(join(folder, "short"), "short\n");
check("a short token", refused(["--listen", "0.0.0.0", "--token-file", join(folder, "short")]) === 2);
check("a name is no address", refused(["--listen", "example", "--token-file", tokenFile]) === 2);
check("no record", refused(["--record", join(folder, "none.db")]) === 3);
const guarded = await serve(program, record, ["--listen", "0.0.0.0", "--token-file", tokenFile]);
const get = (path, headers = {}) => new Promise((resolve) => http.get(`${guarded.url}${path}`, { headers }, (reply) => (reply.resume(), resolve(reply))));
check("no token, no page", (await get("")).statusCode === 401 && (await get("api/v1/summary")).statusCode === 401);
check("a wrong token", (await get("api/v1/summary", { Authorization: `Bearer ${token}x` })).statusCode === 401 && (await get(`?token=${token}x`)).statusCode === 401);
check("the token as a header", (await get("api/v1/summary", { Authorization: `Bearer ${token}` })).statusCode === 200);
const welcome = await get(`?token=${token}`);
const cookie = welcome.headers["set-cookie"]?.[0] ?? "";
check("the token becomes a cookie", welcome.statusCode === 303 && /HttpOnly; SameSite=Strict/.test(cookie) && welcome.headers.location === "/");
check("the cookie is let in", (await get("api/v1/summary", { Cookie: cookie.split(";")[0] })).statusCode === 200);
check("the cookie of a name made to point here is none", (await get("api/v1/summary", { Host: "evil.example", Cookie: cookie.split(";")[0] })).statusCode === 403);
check("the token is not in the log", !guarded.log().includes(token));
check("SIGINT stops it in peace", (await guarded.stop("SIGINT")) === 0);

// ------------------------------------------------------------------ the page in one file
const war = join(folder, "war.html");
const evil = join(folder, "evil.db");
const report = { id: "evil", source: "</script><script>alert(1)</script>", published: "2015-10-05", title: "<img src=x onerror=alert(1)>",
  text: "Gunmen killed three guards in Kunduz on Sunday. </script><script>alert(1)</script><!-- The police said so." };
writeFileSync(join(folder, "evil.jsonl"), JSON.stringify(report));
spawnSync(program, ["--record", evil, "read", "--quiet", join(folder, "evil.jsonl")]);
check("export --as html", spawnSync(program, ["--record", evil, "export", "--as", "html", "-o", war]).status === 0);
const html = readFileSync(war, "utf8");
check("no script of a report's stands in it", html.includes("alert(1)") && !/<script>alert|<img src=x/.test(html));
const data = JSON.parse(/<script type="application\/json" id="annals-data">(.*?)<\/script>/s.exec(html)[1]);
check("its data are whole", data["reports/*"].length === 1 && data["reports/*"][0].report.title === report.title && data["geo/countries.json"].type === "Topology");
check("it names nothing outside", !/(?:src|href)="(?!data:)[^"#]/.test(html.replace(/<script[\s\S]*?<\/script>/g, "")));
check("without a folder of the page it says so", spawnSync(program, ["--data", folder, "--record", evil, "export", "--as", "html", "-o", join(folder, "b.html")]).status === 3);
rmSync(folder, { recursive: true });
finish();
