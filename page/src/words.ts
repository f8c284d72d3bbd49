// What the codes of the record are called on the page.

export type Group = "force" | "moves" | "words";

const GROUPS: Record<string, Group> = {
  ASSAULT: "force", COERCE: "force", RETREAT: "moves", CONCEDE: "moves", MOBILIZE: "moves",
};

export function groupOf(plover: string | null): Group {
  return GROUPS[plover ?? ""] ?? "words";
}

export const GROUP_NAMES: Record<Group, string> = {
  force: "attacks, arrests",
  moves: "moves, retreats, surrenders",
  words: "talks, threats, aid",
};

export const TYPES: Record<string, string> = {
  AGREE: "Agreement", CONSULT: "Talks", SUPPORT: "Support", COOPERATE: "Cooperation", AID: "Aid",
  CONCEDE: "Surrender or concession", RETREAT: "Retreat", REQUEST: "Appeal", ACCUSE: "Accusation", REJECT: "Refusal",
  THREATEN: "Threat", PROTEST: "Protest", SANCTION: "Sanction", MOBILIZE: "Troops on the move", COERCE: "Coercion",
  ASSAULT: "Attack",
};

const MODES: Record<string, string> = {
  aerial: "Air strike", "heavy-weapons": "Shelling", firearms: "Gunfire", explosives: "Bomb", suicide: "Suicide attack",
  "suicide-attack": "Suicide attack", drone: "Drone strike", execute: "Execution", abduct: "Abduction", kill: "Killing",
  arrest: "Arrest", loot: "Looting", destroy: "Destruction", arson: "Burning", seize: "Seizure", assassinate: "Assassination",
};

export function typeName(plover: string | null, mode: string | null = null): string {
  return MODES[mode ?? ""] ?? TYPES[plover ?? ""] ?? "Other";
}

export const STATUS_NAMES: Record<string, string> = {
  asserted: "reported", claimed: "claimed", denied: "denied", alleged: "alleged", planned: "planned",
  threatened: "threatened", conditional: "on condition", negated: "did not happen", disputed: "disputed",
  rejected: "rejected by a reviewer",
};

/** What the sides do not agree on; with what it is about, and without. */
const DISPUTES: Record<string, [string, string]> = {
  figures: ["How many were %", "How many"], sum: ["What does not add up: %", "What does not add up"], who: ["Who did it: %", "Who did it"],
  victims: ["Who was %", "Who they were"], denied: ["Claimed and denied: %", "Claimed and denied"], days: ["On which day: %", "On which day"],
  place: ["Where: %", "Where"], control: ["Control: %", "Control"], fate: ["What became of %", "What became of them"],
  terms: ["What was agreed: %", "What was agreed"], intentions: ["What % will do", "What they will do"], power: ["Who rules: %", "Who rules"],
  questioned: ["Questioned: %", "Questioned"],
};

export function disputeTitle(kind: string, about: string | null): string {
  const [full, bare] = DISPUTES[kind] ?? [`${kind}: %`, kind];
  return about === null || about === "" ? bare : full.replace("%", /^[A-Z]+$/.test(about) ? typeName(about).toLowerCase() : about);
}

export const FACET_NAMES: Record<string, string> = {
  type: "What", status: "How it is told", source: "Told by", place: "Where", actor: "Who",
};

export function facetValue(facet: string, value: string): string {
  return facet === "type" ? typeName(value) : facet === "status" ? STATUS_NAMES[value] ?? value : value;
}

export function number(value: number): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
}

/** "850", "3.9k", "33k": as much as fits a circle */
export function brief(value: number): string {
  return value < 1000 ? String(value) : value < 9950 ? `${(value / 1000).toFixed(1)}k` : value < 999500 ? `${Math.round(value / 1000)}k` : `${(value / 1e6).toFixed(1)}M`;
}

/** "20", "20–190", "at least 20", "up to 190" */
export function range(low: number | null, high: number | null): string {
  if (low === null && high === null) return "";
  if (low === null) return `up to ${number(high!)}`;
  if (high === null) return `at least ${number(low)}`;
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** Who tells what nobody is quoted for: the outlet; a report without one has its title in that place. */
export function teller(told: { source: string; title: string | null }): string {
  return told.source === told.title ? "the report itself" : told.source;
}

export function party(one: Party): string {
  return one.name ?? one.words ?? "somebody";
}

import type { Party } from "./types";
