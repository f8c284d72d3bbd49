// The state of the page is its address: all of it stands behind the #, so that a view can be sent to a
// colleague, and so that it works in a file opened from disk.
import { useEffect, useState } from "preact/hooks";

export type View = "record" | "actors" | "disputes" | "reports" | "search" | "review";

export interface State {
  view: View;
  event: string; // open in the side column
  report: string; // open in the reader
  claim: string; // marked there
  name: string; // an actor
  from: string; // days shown
  to: string;
  at: string; // the day under the slider
  asof: string; // the second clock
  place: string;
  actor: string;
  type: string;
  status: string;
  source: string;
  text: string;
  map: string; // longitude,latitude,zoom
  theme: string; // "", "light" or "dark"
  panel: string; // on a phone: map or list
}

export const EVERYTHING: State = {
  view: "record", event: "", report: "", claim: "", name: "", from: "", to: "", at: "", asof: "", place: "",
  actor: "", type: "", status: "", source: "", text: "", map: "", theme: "", panel: "",
};

export const FILTERS = ["place", "actor", "type", "status", "source", "text"] as const;

export function read(hash: string): State {
  const state: State = { ...EVERYTHING };
  const [path, search] = hash.replace(/^#\/?/, "").split("?");
  if (["actors", "disputes", "reports", "search", "review"].includes(path)) state.view = path as View;
  const parameters = new URLSearchParams(search ?? "");
  for (const key of Object.keys(EVERYTHING) as (keyof State)[])
    if (key !== "view" && parameters.has(key)) (state as unknown as Record<string, string>)[key] = parameters.get(key)!;
  return state;
}

export function write(state: State): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (key !== "view" && value !== "") parameters.set(key, value);
  const search = parameters.toString().replaceAll("%2C", ",");
  const path = state.view === "record" ? "" : state.view;
  return `#/${path}${search === "" ? "" : `?${search}`}`;
}

let current = read(typeof location === "undefined" ? "" : location.hash);
const listeners = new Set<() => void>();

export function get(): State {
  return current;
}

/** Changes the state; `quiet` replaces the entry of the history instead of adding one (a slider). */
export function go(change: Partial<State>, quiet = false): void {
  const next = { ...current, ...change };
  const hash = write(next);
  if (hash === write(current)) return;
  current = next;
  if (quiet) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
  listeners.forEach((listener) => listener());
}

export function href(change: Partial<State>): string {
  return write({ ...current, ...change });
}

export function useAddress(): State {
  const [, renew] = useState(0);
  useEffect(() => {
    const listener = () => renew((n) => n + 1);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return current;
}

if (typeof window !== "undefined")
  window.addEventListener("popstate", () => {
    current = read(location.hash);
    listeners.forEach((listener) => listener());
  });
if (typeof window !== "undefined")
  window.addEventListener("hashchange", () => {
    current = read(location.hash);
    listeners.forEach((listener) => listener());
  });
