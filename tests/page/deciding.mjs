// Decisions over HTTP: who may send them, what is refused, what is kept.
// usage: deciding.mjs PROGRAM RECORD ; RECORD is changed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { check, finish, serve } from "./server.mjs";
import { asker, bodyOf, isShape, raw, status } from "./wire.mjs";

const [program, record] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "annals-deciding-"));
const token = "an-invented-write-token-01";
const file = join(folder, "write");
writeFileSync(file, `${token}\n`);
const run = (...words) => spawnSync(program, ["--record", record, ...words]).stdout.toString();

// ------------------------------------------------------------------ without a write token nobody decides
const reading = await serve(program, record);
const claim = JSON.parse(run("claims", "--text", "hospital", "--limit", "1", "--format", "json"))[0].claim;
const accept = JSON.stringify({ author: "Ada", decisions: [{ kind: "accept", ids: [claim] }] });
const closed = await fetch(`${reading.url}api/v1/decisions`, { method: "POST", body: accept, headers: { "Content-Type": "application/json", "Annals-Write-Token": token } });
check("no write token, no decision", closed.status === 403 && isShape(await closed.text(), 403));
check("and it is said", (await (await fetch(`${reading.url}api/v1/access`)).json()).review === "closed");
await reading.stop();

// ------------------------------------------------------------------ who may
const server = await serve(program, record, ["--write-token-file", file]);
const api = `${server.url}api/v1/`;
const access = (headers) => fetch(`${api}access`, { headers });
check("a token is needed", (await (await access({})).json()).review === "token");
check("the token opens", (await (await access({ "Annals-Write-Token": token })).json()).review === "open");
check("a wrong one does not", (await access({ "Annals-Write-Token": `${token}x` })).status === 403);
check("access takes no parameter", (await fetch(`${api}access?token=${token}`)).status === 400);
const json = { "Content-Type": "application/json" };
const mine = { ...json, "Annals-Write-Token": token };
const post = async (body, headers = mine) => {
  const reply = await fetch(`${api}decisions`, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });
  const text = await reply.text();
  return { status: reply.status, text, shape: isShape(text, reply.status), log: reply.ok ? JSON.parse(text) : [] };
};
const decisions = () => JSON.parse(run("log", "--format", "json") || "[]").length;
const before = decisions();
const refused = async (title, code, body, headers) => {
  const reply = await post(body, headers);
  check(`${title}: ${code}`, reply.status === code && reply.shape, `${reply.status} ${reply.text.slice(0, 80)}`);
};
await refused("no token", 401, accept, json);
await refused("a wrong token", 403, accept, { ...json, "Annals-Write-Token": "an-invented-write-token-02" });
await refused("the beginning of the token", 403, accept, { ...json, "Annals-Write-Token": token.slice(0, -1) });
await refused("an empty token", 403, accept, { ...json, "Annals-Write-Token": "" });
const ask = asker(server.port);
check("the token in the address is none", status(await ask(`POST /api/v1/decisions?token=${token}`, `Content-Type: application/json\r\nContent-Length: ${accept.length}\r\n`, accept)) === 401);
check("nor in a cookie", status(await ask("POST /api/v1/decisions", `Cookie: annals_token=${token}; annals_write_token=${token}\r\nContent-Type: application/json\r\nContent-Length: ${accept.length}\r\n`, accept)) === 401);

// ------------------------------------------------------------------ pages of other sites
const sent = async (headers, host = `127.0.0.1:${server.port}`) =>
  raw(`POST /api/v1/decisions HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Type: application/json\r\nAnnals-Write-Token: ${token}\r\nContent-Length: ${accept.length}\r\n${headers}\r\n${accept}`, server.port);
for (const origin of ["http://evil.example", "null", `http://127.0.0.1:${server.port}.evil.example`, `http://evil.example:${server.port}`, "file://", `http://localhost:${server.port}`]) {
  const reply = await sent(`Origin: ${origin}\r\n`);
  check(`a page of ${origin}`, status(reply) === 403 && isShape(bodyOf(reply), 403), reply.slice(0, 40));
}
for (const site of ["cross-site", "same-site", "none"]) check(`Sec-Fetch-Site: ${site}`, status(await sent(`Sec-Fetch-Site: ${site}\r\n`)) === 403);
check("a name made to point here", status(await sent("", "evil.example")) === 403);
const preflight = await ask("OPTIONS /api/v1/decisions", "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: annals-write-token\r\n");
check("no page of another site gets leave to send the header", status(preflight) === 405 && !/access-control-allow/i.test(preflight));

// ------------------------------------------------------------------ what is refused
for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "application/jsonx"])
  await refused(`content type ${type}`, 415, accept, { ...mine, "Content-Type": type });
check("no content type", status(await ask("POST /api/v1/decisions", `Annals-Write-Token: ${token}\r\nContent-Length: ${accept.length}\r\n`, accept)) === 415);
await refused("an oversized body", 413, JSON.stringify({ author: "a".repeat(70000), decisions: [] }));
const one = (decision, more = {}) => ({ author: "Ada", ...more, decisions: [decision] });
for (const [title, body] of [
  ["no body", ""], ["no JSON", "{"], ["two values", `${accept}${accept}`], ["a list", "[]"], ["a member twice", '{"author":"a","author":"b","decisions":[]}'],
  ["bytes that are no UTF-8", Buffer.from('{"author":"\xff"}', "latin1").toString("latin1")], ["a zero", '{"author":"a\\u0000b","decisions":[{"kind":"accept","ids":["c"]}]}'],
  ["deep nesting", "[".repeat(30000)], ["no author", { decisions: [{ kind: "accept", ids: [claim] }] }], ["a blank author", { author: "  ", decisions: [{ kind: "accept", ids: [claim] }] }],
  ["a long author", { author: "a".repeat(101), decisions: [{ kind: "accept", ids: [claim] }] }], ["an author with a line feed", { author: "a\nb", decisions: [{ kind: "accept", ids: [claim] }] }],
  ["no decision", { author: "Ada", decisions: [] }], ["51 decisions", { author: "Ada", decisions: Array(51).fill({ kind: "note", ids: [claim], reason: "x" }) }],
  ["an unknown member", one({ kind: "accept", ids: [claim] }, { token })], ["an unknown member of a decision", one({ kind: "accept", ids: [claim], author: "Eve" })],
  ["an unknown kind", one({ kind: "erase", ids: [claim] })], ["no kind", one({ ids: [claim] })], ["no ids", one({ kind: "accept" })], ["an id that is none", one({ kind: "accept", ids: ["x"] })],
  ["the beginning of an id", one({ kind: "accept", ids: [claim.slice(0, 8)] })], ["a number as id", one({ kind: "accept", ids: [1] })], ["two claims", one({ kind: "accept", ids: [claim, claim] })],
  ["an event to accept", one({ kind: "accept", ids: [`e${claim.slice(1)}`] })], ["an unknown slot", one({ kind: "amend", ids: [claim], slot: "colour", value: "red" })],
  ["an unknown value", one({ kind: "amend", ids: [claim], slot: "status", value: "perhaps" })], ["a day that is none", one({ kind: "amend", ids: [claim], slot: "date", value: "2015-02-30" })],
  ["a figure that is none", one({ kind: "amend", ids: [claim], slot: "killed", value: "many" })], ["a place that is none", one({ kind: "amend", ids: [claim], slot: "place", value: "Mordor" })],
  ["a value of another type", one({ kind: "amend", ids: [claim], slot: "killed", value: 12 })], ["an amendment without a slot", one({ kind: "amend", ids: [claim], value: "12" })],
  ["a note without a text", one({ kind: "note", ids: [claim] })], ["a merge of one", one({ kind: "merge", ids: [`e${claim.slice(1)}`] })], ["after that is none", one({ kind: "accept", ids: [claim] }, { after: -1 })],
]) await refused(title, 400, body);
for (const id of ["c0000000000000"]) await refused(`a claim that is not there: ${id}`, 404, one({ kind: "accept", ids: [id] }));
await refused("a decision that is not there", 404, one({ kind: "undo", ids: ["d999999"] }));
await refused("all or none", 404, { author: "Ada", decisions: [{ kind: "note", ids: [claim], reason: "kept?" }, { kind: "accept", ids: ["c0000000000000"] }] });
check("nothing of all this was kept", decisions() === before);

// ------------------------------------------------------------------ what is kept
const description = JSON.parse(readFileSync("docs/openapi.json", "utf8")).paths["/decisions"].post;
const described = Object.keys(description.responses["200"].content["application/json"].schema.items.properties);
const kinds = description.requestBody.content["application/json"].schema.properties.decisions.items.properties.kind.enum;
check("the kinds are described", kinds.join() === "accept,reject,amend,merge,split,note,undo");
const note = "<script>alert(1)</script>\nsecond line";
const noted = await post(one({ kind: "note", ids: [claim], reason: note }));
check("a note is kept as it is", noted.status === 200 && noted.log[0].reason === note && noted.log[0].author === "Ada");
check("its log is described", Object.keys(noted.log[0]).every((key) => described.includes(key)) && described.every((key) => key in noted.log[0]));
const number = (reply) => Number(reply.log[0].decision.slice(1));
check("the command line has the same", JSON.stringify(JSON.parse(run("log", noted.log[0].decision, "--format", "json"))) === JSON.stringify(noted.log));
await refused("who has not seen the note", 409, one({ kind: "accept", ids: [claim] }, { after: number(noted) - 1 }));
const accepted = await post(one({ kind: "accept", ids: [claim] }, { after: number(noted) }));
check("who has seen it", accepted.status === 200 && accepted.log[0].state === "holds");
const event = async (id) => (await (await fetch(`${api}events/${id}`)).json()).event;
const claimOf = async (id) => (await (await fetch(`${api}claims/${id}`)).json()).claim;
const old = await claimOf(claim);
const amended = await post({ author: "Bo", decisions: [{ kind: "amend", ids: [claim], slot: "status", value: "claimed", reason: "read the sentence" }, { kind: "amend", ids: [claim], slot: "killed", value: "10-15" }, { kind: "amend", ids: [claim], slot: "place", value: "Kabul" }, { kind: "amend", ids: [claim], slot: "agent", value: "Taliban; Northern Alliance" }, { kind: "amend", ids: [claim], slot: "type", value: "COERCE" }] });
const now = await claimOf(claim);
check("what was corrected is answered at once", amended.status === 200 && now.status === "claimed" && now.place === "Kabul" && now.plover === "COERCE" && now.agents.map((party) => party.name).join() === "Taliban,Northern Alliance" && now.counts.some((count) => count.what === "killed" && count.low === 10 && count.high === 15), JSON.stringify(now).slice(0, 300));
check("the claim bears it", now.decisions.some((decision) => decision.author === "Bo" && decision.slot === "status"));
const undone = await post({ author: "Ada", decisions: amended.log.map((decision) => ({ kind: "undo", ids: [decision.decision] })) });
const again = await claimOf(claim);
check("what is undone is as it was", undone.status === 200 && again.status === old.status && again.place === old.place && again.plover === old.plover && JSON.stringify(again.agents) === JSON.stringify(old.agents));
await refused("undone twice", 400, one({ kind: "undo", ids: [amended.log[0].decision] }));
// Two events of several claims each, so that the whole outlives a claim split off and two rejected.
const several = [];
for (const item of await (await fetch(`${api}events?limit=200`)).json())
  if (several.length < 2 && item.event !== old.event && (await event(item.event)).claims.length > 1) several.push(item.event);
const [left, right] = several;
const merged = await post(one({ kind: "merge", ids: [left, right], reason: "one fight" }));
const whole = merged.log[0].about[0];
check("two events are one", merged.status === 200 && merged.log[0].about[0] === merged.log[0].about[1]);
const gone = [left, right].find((id) => id !== whole);
check("the other's address leads to it", (await event(gone)).event === whole);
await refused("a stale event", 404, one({ kind: "note", ids: [gone], reason: "too late" }));
const claims = (await event(whole)).claims.map((item) => item.claim);
const split = await post(one({ kind: "split", ids: [whole, claims[0]] }));
check("a claim is split off", split.status === 200 && (await claimOf(claims[0])).event !== (await claimOf(claims[1])).event);
const rejected = await post(one({ kind: "reject", ids: [claims[1]] }));
check("a rejected claim leaves its event", rejected.status === 200 && (await claimOf(claims[1])).status === "rejected" && (await claimOf(claims[1])).event === null);
const first = (await event(whole)).claims.map((item) => item.claim).sort()[0];
check("so does the one that an event is named for", (await post(one({ kind: "reject", ids: [first] }))).status === 200);
const listed = await (await fetch(`${api}events?limit=1000`)).json();
const lost = [];
for (const item of listed) if (!(await fetch(`${api}events/${item.event}`)).ok) lost.push(item.event);
check("every event that is listed can be opened", listed.length > 20 && lost.length === 0, lost.join(" "));
const waiting = async (more = "") => (await (await fetch(`${api}uncertain?limit=1000${more}`)).json()).map((item) => item.claim);
check("what was decided on waits no longer", !(await waiting()).includes(claim) && (await waiting()).length > 20);
check("pages of what waits", JSON.stringify((await waiting()).slice(3, 8)) === JSON.stringify((await (await fetch(`${api}uncertain?limit=5&offset=3`)).json()).map((item) => item.claim)));
check("pages of the log", JSON.stringify((await (await fetch(`${api}decisions`)).json()).slice(2, 4)) === JSON.stringify(await (await fetch(`${api}decisions?limit=2&offset=2`)).json()));
// Many at a time, over one connection that writes.
const many = await Promise.all(Array.from({ length: 24 }, (_, i) => post({ author: `Reviewer ${i}`, decisions: [{ kind: "note", ids: [claim], reason: `note ${i}` }] })));
const numbers = new Set(many.map(number));
check("reviewers at the same time", many.every((reply) => reply.status === 200) && numbers.size === 24);
check("the command line beside it", spawnSync(program, ["--record", record, "amend", claim, "--accept", "--author", "Cy"]).status === 0 && (await (await fetch(`${api}decisions/${claim}`)).json()).some((decision) => decision.author === "Cy"));
check("the record is whole", spawnSync(program, ["--record", record, "verify", "--quiet"]).status === 0);
check("neither token stands in the log", !server.log().includes(token));
await server.stop();

// ------------------------------------------------------------------ starting
const start = (...options) => spawnSync(program, ["--record", record, "serve", ...options], { timeout: 5000 }).status;
writeFileSync(join(folder, "short"), "short\n");
check("a short write token", start("--write-token-file", join(folder, "short")) === 2);
check("no file of the write token", start("--write-token-file", join(folder, "none")) === 3);
check("who reads may not decide for that", start("--listen", "0.0.0.0", "--token-file", file, "--write-token-file", file) === 2);
check("no record is made", spawnSync(program, ["--record", join(folder, "none.db"), "serve", "--write-token-file", file], { timeout: 5000 }).status === 3);
const other = join(folder, "read");
writeFileSync(other, "an-invented-read-token-01\n");
const both = await serve(program, record, ["--listen", "0.0.0.0", "--token-file", other, "--write-token-file", file]);
const send = (headers) => fetch(`${both.url}api/v1/decisions`, { method: "POST", body: accept, headers: { ...mine, ...headers } }).then((reply) => reply.status);
check("who decides must also be let in", (await send({})) === 401 && (await send({ Authorization: "Bearer an-invented-read-token-01" })) === 200);
await both.stop();
rmSync(folder, { recursive: true });
finish();
