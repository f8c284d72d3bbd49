// Saves exactly what is shown as CSV or GeoJSON. Over HTTP the server writes it; within a file it is
// written here, with the same columns as far as the file knows them.
import { ask, isOneFile, question } from "./data";
import type { State } from "./state";
import type { Line } from "./types";

function quote(value: unknown): string {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function download(name: string, type: string, text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const COLUMNS = ["event", "from", "to", "place", "lat", "lon", "plover", "mode", "status", "mark", "line", "source", "published", "claim"] as const;

export async function save(kind: "csv" | "geojson", state: State): Promise<void> {
  if (!isOneFile) {
    const link = document.createElement("a");
    link.href = `api/v1/${kind === "csv" ? question("events", state, { format: "csv" }) : question("geojson", state)}`;
    link.download = kind === "csv" ? "events.csv" : "events.geojson";
    link.click();
    return;
  }
  const lines = await ask<Line[]>(question("timeline", state));
  if (kind === "csv") {
    const rows = [COLUMNS.join(","), ...lines.map((line) => COLUMNS.map((column) => quote(line[column])).join(","))];
    download("events.csv", "text/csv", `${rows.join("\r\n")}\r\n`);
    return;
  }
  const features = lines.flatMap((line) =>
    line.lat === null || line.lon === null ? [] : [{ type: "Feature", id: line.event, geometry: { type: "Point", coordinates: [line.lon, line.lat] }, properties: Object.fromEntries(COLUMNS.map((column) => [column, line[column]])) }]);
  download("events.geojson", "application/geo+json", JSON.stringify({ type: "FeatureCollection", features }));
}
