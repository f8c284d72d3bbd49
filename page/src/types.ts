// The JSON of /api/v1 (docs/http.md).

export interface Summary {
  record: string; reports: number; dated: number; sources: number; sentences: number; claims: number; events: number;
  first_published: string | null; last_published: string | null; first: string | null; last: string | null;
}

export interface Points {
  count: number;
  event: string[]; first: (string | null)[]; last: (string | null)[]; known: (string | null)[];
  plover: (string | null)[]; mode: (string | null)[]; status: string[]; place: (string | null)[];
  feature: (string | null)[]; country: (string | null)[]; latitude: (number | null)[]; longitude: (number | null)[]; claims: number[];
}

export interface Told {
  claim: string; report: string; title: string | null; source: string; published: string | null;
  copy_of: string | null; mark: string | null; line: string; when: string | null;
}

export interface Line extends Told {
  event: string; from: string | null; to: string | null; place: string | null; relation: string | null;
  country: string | null; lat: number | null; lon: number | null; plover: string | null; mode: string | null;
  status: string; disputed: boolean; reports: number;
}

/** How many of a kind, and whose figures they are; `left_out` says why one does not count. */
export interface Figure {
  what: string; side: string | null; low: number | null; best: number | null; high: number | null; basis: string;
  by: { low: number | null; high: number | null; according_to: string[]; source: string | null; published: string | null; left_out: string | null; claim: string }[];
}
export interface Dispute {
  kind: string; about: string | null; date: string | null; place: string | null;
  sides: { says: string; according_to: string | null; source: string | null; published: string | null; report: string; claim: string; event: string | null; sentence: string | null }[];
}
export interface Decision {
  decision: string; decided: string | null; author: string; kind: string; about: string[]; slot: string | null;
  was: string | null; value: string | null; reason: string | null; undoes: string | null; state: string;
}
export interface Party { name: string | null; words: string | null; kind: string | null; type: string | null; code: string | null }
export interface Count { what: string; who: string | null; low: number | null; high: number | null }

export interface Claim {
  claim: string; event: string | null; report: string; source: string | null; published: string | null;
  plover: string | null; mode: string | null; cameo: string | null; acled: [string, string] | null;
  from: string | null; to: string | null; place: string | null; country: string | null; admin1: string | null;
  agents: Party[]; patients: Party[]; instruments: Party[]; counts: Count[]; according_to: Party[];
  status: string; control: { change: string; place: string | null; holder: string | null } | null;
  confidence: number | null; rule: string | null; sentence: string | null; trigger: [number, number] | null;
}

export interface EventAnswer {
  event: {
    event: string; plover: string | null; mode: string | null; from: string | null; to: string | null;
    place: string | null; country: string | null; admin1: string | null; figures: Figure[];
    status: string; disputed: boolean; claims: Claim[]; copies: string[];
    joins: ({ report: string; other: string; words: string | null } & Record<string, unknown>)[];
  };
  when: string | null;
  told: Told[];
}

export interface Mark {
  kind: string; start: number; stop: number; name: string | null; detail: string | null; more: string | null;
  claim: string | null;
}

export interface Report {
  report: string; id: string | null; title: string | null; source: string | null; byline: string | null;
  url: string | null; published: string | null; published_from: string | null; sha256: string; paths: string[];
  sentences: number; claims: number; text?: string;
}

export interface ReportAnswer { report: Report; marks: Mark[]; claims: { claim: Claim; told: Told }[] }

export interface Facet { facet: string; value: string; claims: number }
export interface Hit extends Told { event: string | null; from: string | null; place: string | null; plover: string | null; status: string; sentence: string | null }
export interface SearchAnswer { claims: Hit[]; reports: Report[]; facets: Facet[] }

export interface Actor {
  name: string; kind: string; type: string | null; code: string | null; country: string | null; claims: number;
  agent: number; patient: number; speaker: number; first: string | null; last: string | null; also_called: string | null;
  actor: string; // what stays when a report calls it otherwise
}
export interface Relation { month: string | null; who: string; does: string; whom: string; plover: string | null; claims: number }
/** Who held a post, or what a report tells of that; days of the dictionary may be months or years. */
export interface Post {
  what: string; holder: string; post: string | null; of: string | null; from: string | null; to: string | null; basis: "dictionary" | "report";
  when: string | null; status: string | null; claim: string | null; event: string | null; report: string | null; title: string | null;
  source: string | null; published: string | null; line: string | null;
}
export interface Alias { words: string; mentions: number | null; first: string | null; last: string | null }

/** Who holds a place in some days; `to` is null where the period is open. */
export interface Control {
  place: string; geonameid: number | null; feature: string | null; latitude: number | null; longitude: number | null;
  relation: string; from: string; to: string | null; holder: string | null; status: string; rivals: string[];
  before: string | null; since: string | null; last_reported: string | null; inferred: boolean; denied: boolean;
  evidence: string[]; against: string[];
}
