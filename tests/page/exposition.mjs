// Looks over figures in Prometheus' text format 0.0.4 as `promtool check metrics` does: the grammar of each line,
// families in one piece with help and type, names and units by the conventions, histograms that add up.
// usage: exposition.mjs FILE... ; or import { lint, figure }

import { readFileSync } from "node:fs";

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const sample = new RegExp(`^(${name})(?:\\{((?:${label},?)*)\\})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`);
const kinds = ["counter", "gauge", "histogram", "summary", "untyped"];

/** The labels as sorted text, without `le`. */
const others = (labels) => (labels.match(new RegExp(label, "g")) ?? []).filter((one) => !one.startsWith("le=")).sort().join(",");

function readLines(text, problems) {
  const families = new Map();
  let current = null;
  const seen = new Set();
  text.split("\n").forEach((line, index, all) => {
    const at = `line ${index + 1}`;
    if (line === "") {
      if (index !== all.length - 1) problems.push(`${at}: an empty line`);
      return;
    }
    const head = new RegExp(`^# (HELP|TYPE) (${name}) (.+)$`).exec(line);
    if (head) {
      const [, what, family, rest] = head;
      if (what === "HELP") {
        if (families.has(family)) problems.push(`${at}: ${family} begins a second time`);
        current = { name: family, help: rest, kind: null, samples: [] };
        families.set(family, current);
      } else if (current?.name !== family || current.kind !== null) problems.push(`${at}: TYPE of ${family} where it does not belong`);
      else if (!kinds.includes(rest)) problems.push(`${at}: no such type ${rest}`);
      else current.kind = rest;
      return;
    }
    const found = sample.exec(line);
    if (!found) {
      problems.push(`${at}: no sample: ${line.slice(0, 80)}`);
      return;
    }
    const [, full, labels = "", value] = found;
    const plain = current?.kind === "histogram" ? full.replace(/_(bucket|sum|count)$/, "") : full;
    if (plain !== current?.name) problems.push(`${at}: ${full} stands in the family ${current?.name}`);
    else current.samples.push({ full, labels, value: Number(value.replace("Inf", "Infinity")) });
    const key = `${full}{${(labels.match(new RegExp(label, "g")) ?? []).sort().join(",")}}`;
    if (seen.has(key)) problems.push(`${at}: ${key} for the second time`);
    seen.add(key);
  });
  if (!text.endsWith("\n")) problems.push("the last line has no end");
  return families;
}

function checkHistogram(family, problems) {
  const series = new Map();
  for (const one of family.samples) {
    const key = others(one.labels);
    if (!series.has(key)) series.set(key, { buckets: [], sum: null, count: null });
    const at = series.get(key);
    if (one.full.endsWith("_bucket")) at.buckets.push([Number(/le="([^"]*)"/.exec(one.labels)?.[1].replace("+Inf", "Infinity")), one.value]);
    else if (one.full.endsWith("_sum")) at.sum = one.value;
    else at.count = one.value;
  }
  for (const [key, { buckets, sum, count }] of series) {
    const rises = buckets.every(([bound, value], i) => i === 0 || (bound > buckets[i - 1][0] && value >= buckets[i - 1][1]));
    if (!rises) problems.push(`${family.name}{${key}}: buckets do not rise`);
    const last = buckets.at(-1);
    if (!last || last[0] !== Infinity || last[1] !== count) problems.push(`${family.name}{${key}}: the bucket +Inf is not the count`);
    if (sum === null || sum < 0) problems.push(`${family.name}{${key}}: no sum`);
  }
}

function checkConventions(family, problems) {
  const { name: full, kind, samples, help } = family;
  if (kind === null) problems.push(`${full}: no TYPE`);
  if ((kind === "counter") !== full.endsWith("_total")) problems.push(`${full}: counters, and they alone, end with _total`);
  if (/[A-Z]|__/.test(full)) problems.push(`${full}: not in snake_case`);
  if (/_(milliseconds|microseconds|ms|kilobytes|kb|mb|minutes|hours|percent)(_|$)/.test(full)) problems.push(`${full}: no base unit`);
  if (!/^(annals|process)_/.test(full)) problems.push(`${full}: no prefix of ours`);
  if (!/[.]$/.test(help)) problems.push(`${full}: help is no sentence`);
  if (kind === "counter" && samples.some((one) => !(one.value >= 0))) problems.push(`${full}: a counter below 0`);
  if (kind === "histogram") checkHistogram(family, problems);
}

/** What is wrong with the text; nothing: []. */
export function lint(text) {
  const problems = [];
  const families = readLines(text, problems);
  for (const family of families.values()) checkConventions(family, problems);
  return problems;
}

/** The value of the first sample that begins with these words; null where there is none. */
export function figure(text, words) {
  const line = text.split("\n").find((one) => one.startsWith(words));
  return line === undefined ? null : Number(line.slice(line.lastIndexOf(" ") + 1));
}

if (process.argv[1]?.endsWith("exposition.mjs")) {
  const problems = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8")).map((one) => `${file}: ${one}`));
  problems.forEach((one) => console.log(one));
  process.exit(problems.length > 0 ? 1 : 0);
}
