// Twenty reviewers and five writers on one record: what was acknowledged must stand in the log, once, and nothing else may.
//
// Fourteen reviewers use the command line, six the page's API of two servers; each decides on the same few claims, so that
// they meet. Five writers read reports in meanwhile, and one stranger locks rows in the wrong order, so that the database
// sees deadlocks. Everything that is tried is written down with what came of it; reviewers.sh compares it with the record.
// usage: reviewers.mjs PROGRAM RECORD SECONDS FOLDER [PSQL DATABASE]
import { spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, count, serve } from "../page/server.mjs";

const [program, record, seconds, folder, psql, database] = process.argv.slice(2);
const REVIEWERS = 14, SERVERS = 2, READERS = 3, WRITERS = 5, REPORTS = 10, CLAIMS = 120;
const end = Date.now() + Number(seconds) * 1000;
const going = () => Date.now() < end;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Numbers from 0 to 1 that are the same each time (mulberry32, by T. Ettinger). */
const numbers = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

function run(command, words, input = "") {
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: ["pipe", "pipe", "pipe"] });
    let out = "", said = "";
    child.stdout.on("data", (bytes) => (out += bytes));
    child.stderr.on("data", (bytes) => (said += bytes));
    child.on("close", (status) => resolve({ status, out, said }));
    child.stdin.end(input);
  });
}
const annals = (...words) => run(program, ["--record", record, "--wait", "120", ...words]);

// ------------------------------------------------------------------ reports
const nations = ["Gondor", "Rohan", "Mordor", "Harad", "Dunland", "Umbar"];
const towns = ["Osgiliath", "Edoras", "Pelargir", "Dale", "Linhir"];
function reports(writer, round) {
  const lines = [];
  for (let i = 0; i < REPORTS; i++) {
    const n = (writer * 1000 + round) * REPORTS + i;
    const [one, other, town] = [nations[n % 6], nations[(n * 5 + 1) % 6], towns[n % 5]];
    lines.push(JSON.stringify({
      id: `w${writer}-${round}-${i}`, published: `2015-0${(n % 9) + 1}-${10 + (n % 18)}`, source: `Paper ${n % 4}`,
      text: `${one} attacked ${other} near ${town} on Monday, killing ${(n % 40) + 2} soldiers. The governor of ${town} said ${(n % 7) + 2} civilians were wounded. ${other} denied it.`,
    }));
  }
  return lines.join("\n") + "\n";
}
async function read(name, text) {
  writeFileSync(join(folder, name), text);
  const { status, said } = await annals("read", "--quiet", "--jobs", "1", join(folder, name));
  if (status === 0) appendFileSync(join(folder, "all.jsonl"), text);
  return { status, said };
}
const written = { batches: 0, failed: 0 };
async function write(writer) {
  for (let round = 1; going(); round++) {
    const { status, said } = await read(`part${writer}-${round}.jsonl`, reports(writer, round));
    written.batches++;
    if (status !== 0) {
      written.failed++;
      check(`writer ${writer} reads`, false, said.slice(0, 200));
    }
    await pause(1500);
  }
}

// ------------------------------------------------------------------ deciding
/** What came of each try: {key, author, kind, outcome: "kept" | "refused" | "overtaken" | "busy", number, after, ids}. */
const tries = [];
const took = [];
let claims = [], events = [];
async function look() {
  const list = await annals("claims", "--format", "json", "--limit", String(CLAIMS));
  claims = JSON.parse(list.out).map((one) => one.id ?? one.claim);
  const shown = await annals("events", "--format", "json", "--limit", "60");
  events = JSON.parse(shown.out).map((one) => one.event ?? one.id);
}
const pick = (random, list) => list[Math.floor(random() * list.length)];
const own = new Map();

/** A decision in the API's words. */
function decision(random, author, key) {
  const chance = random();
  const claim = pick(random, claims);
  const undone = (own.get(author) ?? []).pop();
  if (chance < 0.1 && undone) return { kind: "undo", ids: [`d${undone}`], reason: key };
  if (chance < 0.3) return { kind: "accept", ids: [claim], reason: key };
  if (chance < 0.4) return { kind: "reject", ids: [claim], reason: key };
  if (chance < 0.5) return { kind: "note", ids: [claim], reason: key };
  if (chance < 0.6) return { kind: "merge", ids: [pick(random, events), pick(random, events)], reason: key };
  const value = String(Math.floor(random() * 90) + 1);
  return { kind: "amend", ids: [claim], slot: "killed", value, reason: key };
}
function words({ kind, ids, slot, value, reason }, author) {
  const who = ["--author", author];
  if (kind === "note") return ["note", ...ids, reason, ...who];
  const why = [...who, "--reason", reason];
  if (kind === "accept" || kind === "reject") return ["amend", ...ids, `--${kind}`, ...why];
  if (kind === "amend") return ["amend", ...ids, "--set", `${slot}=${value}`, ...why];
  return [kind, ...ids, ...why];
}
function note(author, key, made, outcome, number, more = {}) {
  tries.push({ key, author, kind: made.kind, ids: made.ids, outcome, number, ...more });
  if (outcome === "kept" && made.kind !== "undo") own.set(author, [...(own.get(author) ?? []).slice(-5), number]);
}

async function reviewByHand(reviewer) {
  const random = numbers(reviewer), author = `reviewer ${reviewer}`;
  for (let i = 0; going(); i++) {
    const key = `r${reviewer}-${i}`;
    const made = decision(random, author, key);
    const began = Date.now();
    const { status, out, said } = await annals(...words(made, author));
    took.push(Date.now() - began);
    const number = Number(/\bd(\d+)\b/.exec(out)?.[1] ?? 0);
    const busy = /in use|deadlock|serializ/.test(said);
    note(author, key, made, status === 0 ? "kept" : busy ? "busy" : "refused", number, { said: said.slice(0, 200) });
    await pause(50 + random() * 200);
  }
}

async function reviewInPage(reviewer, server) {
  const random = numbers(reviewer), author = `reviewer ${reviewer}`;
  for (let i = 0; going(); i++) {
    const key = `r${reviewer}-${i}`;
    const made = decision(random, author, key);
    const seen = await Promise.all(made.ids.map(async (id) => (await fetch(`${server.url}api/v1/decisions/${id}`)).json()));
    const newest = Math.max(0, ...seen.flat().map((one) => Number(String(one.decision ?? 0).replace("d", ""))).filter(Number.isFinite));
    // What was seen may be older than what is there: the servers ask at different moments.
    if (random() < 0.5) await pause(random() * 300);
    const began = Date.now();
    const reply = await fetch(`${server.url}api/v1/decisions`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Annals-Write-Token": "a-write-token-of-the-test" },
      body: JSON.stringify({ author, after: newest, decisions: [made] }),
    });
    const body = await reply.json();
    took.push(Date.now() - began);
    const outcome = { 200: "kept", 409: "overtaken", 503: "busy" }[reply.status] ?? "refused";
    const number = outcome === "kept" ? Number(String(body[0].decision).replace("d", "")) : 0;
    note(author, key, made, outcome, number, { after: newest, said: body.error?.message });
    await pause(50 + random() * 200);
  }
}

/** Locks rows of claims first and the writers' lock then: the other way round than annals. */
const strange = [];
async function standInTheWay() {
  while (psql && going()) {
    const { said } = await run(psql, ["-qAtX", "-d", database], `SET deadlock_timeout = '60s'; BEGIN;
      SELECT count(*) FROM (SELECT claim FROM claims WHERE claim IN (SELECT claim FROM decided_claims LIMIT 30) FOR UPDATE) AS locked;
      SELECT pg_sleep(0.1); SELECT pg_advisory_xact_lock(${0x616e6e6c}, hashtext(current_schema())); COMMIT;\n`);
    if (said !== "") strange.push(said);
    await pause(Number(seconds) > 60 ? 30000 : 4000);
  }
}

// ------------------------------------------------------------------ all of them
writeFileSync(join(folder, "token"), "a-write-token-of-the-test\n");
check("the first reports", (await read("part0.jsonl", reports(9, 0) + reports(9, 1) + reports(9, 2) + reports(9, 3))).status === 0);
await look();
check("there are claims and events", claims.length >= 60 && events.length >= 10, `${claims.length} ${events.length}`);
// An answer that is kept is made anew when somebody else has written.
async function seesOthers(server) {
  const ask = async () => (await (await fetch(`${server.url}api/v1/decisions/${claims[0]}`)).json()).length;
  const before = await ask();
  const again = await ask();
  const { out } = await annals("note", claims[0], "seen", "--author", "reader");
  note("reader", "seen", { kind: "note", ids: [claims[0]] }, "kept", Number(/\bd(\d+)\b/.exec(out)?.[1] ?? 0));
  await pause(50);
  check("the page's server sees what others write", again === before && (await ask()) === before + 1);
}
const servers = [];
for (let i = 0; i < SERVERS; i++)
  servers.push(await serve(program, record, ["--write-token-file", join(folder, "token"), "--quiet", "--query-time", "120"]));
await seesOthers(servers[0]);
const all = [standInTheWay()];
for (let i = 1; i <= REVIEWERS; i++) all.push(reviewByHand(i));
for (let i = 0; i < SERVERS * READERS; i++) all.push(reviewInPage(REVIEWERS + 1 + i, servers[i % SERVERS]));
for (let i = 1; i <= WRITERS; i++) all.push(write(i));
await Promise.all(all);
for (const server of servers) await server.stop();

// ------------------------------------------------------------------ what came of it
const by = (outcome) => tries.filter((one) => one.outcome === outcome);
const log = JSON.parse((await annals("log", "--format", "json")).out);
const numbered = log.map((one) => ({ ...one, number: Number(String(one.decision).replace("d", "")) }));
const keys = new Map();
for (const one of numbered) keys.set(one.reason, [...(keys.get(one.reason) ?? []), one]);
const kept = by("kept");
const lost = kept.filter((one) => {
  const found = keys.get(one.key) ?? [];
  return found.length !== 1 || found[0].number !== one.number || found[0].author !== one.author || found[0].kind !== one.kind;
});
check("every decision that was acknowledged stands in the log once", lost.length === 0, JSON.stringify(lost.slice(0, 3)));
const known = new Set(kept.map((one) => one.key));
const foreign = numbered.filter((one) => !known.has(one.reason));
check("no other stands there", foreign.length === 0, JSON.stringify(foreign.slice(0, 3)));
check("they are numbered without a gap", numbered.every((one, i) => one.number === i + 1));
// Who said what he had seen was not overtaken: nobody decided on the same claim in between.
const between = kept.filter((one) => one.after !== undefined && one.kind !== "merge" && one.kind !== "undo" &&
  kept.some((other) => other.number > one.after && other.number < one.number && other.kind !== "merge" && other.kind !== "undo" && other.ids[0] === one.ids[0]));
check("nobody decided on what had changed unseen", between.length === 0, JSON.stringify(between.slice(0, 2)));
check("nobody gave up for another's sake", by("busy").length === 0, JSON.stringify(by("busy").slice(0, 2)));
const odd = by("refused").filter((one) => !/no event|nothing with the id|is undone already|two ids|itself|several|same event|one event|there is no decision|twice/.test(one.said));
check("refusals have a reason of their own", odd.length === 0, JSON.stringify(odd.slice(0, 3)));
check("there were decisions of each kind", ["accept", "reject", "amend", "note", "merge", "undo"].every((kind) => kept.some((one) => one.kind === kind)) || Number(seconds) < 15);
check("the stranger is let in", strange.every((one) => /deadlock/.test(one)), strange[0]);
took.sort((a, b) => a - b);
console.log(`${kept.length} decisions kept of ${tries.length} tried (${by("overtaken").length} overtaken, ${by("refused").length} refused), ` +
  `${written.batches} batches of ${REPORTS} reports read, in ${seconds} s; a decision took ${took[took.length >> 1]} ms (median), ${took[Math.floor(took.length * 0.99)]} ms (99 of 100), ${took.at(-1)} ms at most`);
writeFileSync(join(folder, "tries.json"), JSON.stringify(tries));
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed > 0 ? 1 : 0);
