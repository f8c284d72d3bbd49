// Borders and provinces, from the page's own files (Natural Earth).
import { feature, mesh } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import { ask } from "./data";

type Features = GeoJSON.FeatureCollection;

export interface Geography { land: Features; borders: Features; provinces: Features; labels: Features }

function collection(features: GeoJSON.Feature[]): Features {
  return { type: "FeatureCollection", features };
}

/** A ring or line that jumps over the 180th meridian goes on beyond it: else it would be drawn the long way
 * around the world. One that goes around a pole is closed there. */
function unroll(points: GeoJSON.Position[], closed: boolean): GeoJSON.Position[] {
  let shift = 0;
  const found = points.map((point, at) => {
    const step = at === 0 ? 0 : point[0] - points[at - 1][0];
    if (step > 180) shift -= 360;
    else if (step < -180) shift += 360;
    return [point[0] + shift, point[1]];
  });
  if (closed && shift !== 0) {
    const pole = found.reduce((sum, point) => sum + point[1], 0) < 0 ? -90 : 90;
    found.push([found[found.length - 1][0], pole], [found[0][0], pole], found[0]);
  }
  return found;
}

function unrolled<T extends GeoJSON.Geometry>(geometry: T): T {
  if (geometry.type === "Polygon") return { ...geometry, coordinates: geometry.coordinates.map((ring) => unroll(ring, true)) };
  if (geometry.type === "MultiPolygon") return { ...geometry, coordinates: geometry.coordinates.map((one) => one.map((ring) => unroll(ring, true))) };
  if (geometry.type === "MultiLineString") return { ...geometry, coordinates: geometry.coordinates.map((line) => unroll(line, false)) };
  return geometry;
}

/** Middle of the largest ring, good enough to put a name on. */
function middle(geometry: GeoJSON.Geometry): [number, number] | null {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  let best: [number, number] | null = null;
  let most = 0;
  for (const polygon of polygons) {
    let area = 0, x = 0, y = 0;
    const ring = polygon[0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
      area += cross;
      x += (ring[i][0] + ring[i + 1][0]) * cross;
      y += (ring[i][1] + ring[i + 1][1]) * cross;
    }
    if (Math.abs(area) > most) {
      most = Math.abs(area);
      best = [x / (3 * area), y / (3 * area)];
    }
  }
  return best;
}

export async function loadWorld(): Promise<{ land: Features; borders: Features; labels: Features }> {
  const topology = await ask<Topology>("geo/countries.json");
  const countries = topology.objects.countries as GeometryCollection<{ name: string }>;
  const land = feature(topology, countries);
  const borders = mesh(topology, countries, (a, b) => a !== b);
  return {
    land: collection((land.features as GeoJSON.Feature[]).map((one) => ({ ...one, geometry: unrolled(one.geometry) }))),
    borders: collection([{ type: "Feature", properties: {}, geometry: unrolled(borders) }]),
    labels: collection(
      land.features.flatMap((one) => {
        const at = middle(unrolled(one.geometry as GeoJSON.Geometry));
        return at === null ? [] : [{ type: "Feature" as const, properties: { name: one.properties.name, kind: "country" }, geometry: { type: "Point" as const, coordinates: at } }];
      }),
    ),
  };
}

/** Of those countries whose provinces the page has; `countries.json` lists them. */
export async function loadProvinces(countries: string[]): Promise<{ lines: Features; labels: Features }> {
  const lines: GeoJSON.Feature[] = [];
  const labels: GeoJSON.Feature[] = [];
  const known = (await ask<Topology & { provinces: string[] }>("geo/countries.json")).provinces;
  for (const country of countries.filter((one) => known.includes(one))) {
    // A file made by export holds only some.
    const topology = await ask<Topology>(`geo/${country}.json`).catch(() => null);
    if (topology === null) continue;
    const provinces = topology.objects.provinces as GeometryCollection<{ name: string }>;
    lines.push({ type: "Feature", properties: {}, geometry: mesh(topology, provinces, (a, b) => a !== b) });
    for (const one of feature(topology, provinces).features) {
      const at = middle(one.geometry as GeoJSON.Geometry);
      if (at !== null && one.properties?.name)
        labels.push({ type: "Feature", properties: { name: one.properties.name, kind: "province" }, geometry: { type: "Point", coordinates: at } });
    }
  }
  return { lines: collection(lines), labels: collection(labels) };
}
