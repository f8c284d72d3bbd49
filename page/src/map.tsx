// The map: acts as circles, who holds a place as a ring around it, borders and provinces beneath.
import maplibre, { type GeoJSONSource, type Map as Chart, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { palette, type Palette } from "./colours";
import { sideOf } from "./control";
import { readDay, type Day } from "./days";
import { loadProvinces, loadWorld } from "./geography";
import { clusters, countriesOf, latitudeOf, longitudeOf, visit, type Field, type Window } from "./points";
import { get, go } from "./state";
import type { Control } from "./types";
import { brief, GROUP_NAMES, number, plural, type Group } from "./words";

const NOTHING: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const CELL = 46; // pixels within which acts are one circle
const RING = 22; // pixels from the middle to the rim of a ring
const FONTS = ["Helvetica Neue", "Liberation Sans", "DejaVu Sans", "Arial", "sans-serif"];

function styleOf(colours: Palette): StyleSpecification {
  const source = () => ({ type: "geojson" as const, data: NOTHING });
  return {
    version: 8,
    sources: {
      land: source(), borders: source(), provinces: source(), labels: source(), acts: source(), control: source(),
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colours.water } },
      { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.land, "fill-antialias": true } },
      { id: "provinces", type: "line", source: "provinces", paint: { "line-color": colours.province, "line-width": ["interpolate", ["linear"], ["zoom"], 3, 0.4, 7, 1.2] } },
      { id: "coast", type: "line", source: "land", paint: { "line-color": colours.border, "line-width": 0.5, "line-opacity": 0.5 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": colours.border, "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.6, 7, 1.6] } },
      {
        id: "labels", type: "symbol", source: "labels",
        filter: ["any", ["all", ["==", ["get", "kind"], "country"], ["<", ["zoom"], 6.5]], ["all", ["==", ["get", "kind"], "province"], [">=", ["zoom"], 5.2]]],
        layout: {
          "text-field": ["upcase", ["get", "name"]], "text-font": FONTS, "text-size": ["match", ["get", "kind"], "country", 11, 9.5],
          "text-letter-spacing": 0.14, "text-max-width": 8, "text-padding": 8,
        },
        paint: { "text-color": colours.quiet, "text-halo-color": colours.halo, "text-halo-width": 1, "text-opacity": ["match", ["get", "kind"], "country", 0.9, 0.75] },
      },
      {
        id: "control", type: "symbol", source: "control",
        layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true, "icon-size": 0.62 },
        paint: { "icon-opacity": ["get", "fresh"] },
      },
      {
        id: "acts", type: "circle", source: "acts",
        paint: {
          "circle-radius": ["get", "radius"], "circle-color": ["get", "colour"],
          "circle-opacity": ["*", ["case", ["get", "area"], 0.12, 0.84], ["get", "fresh"]],
          "circle-stroke-width": ["case", ["get", "area"], 1.5, 1], "circle-stroke-color": ["case", ["get", "area"], ["get", "colour"], colours.halo],
          "circle-stroke-opacity": ["get", "fresh"],
        },
      },
      // Placed from the last to the first: a name of acts has its place before one of a ring.
      {
        id: "held", type: "symbol", source: "control",
        layout: {
          "text-field": ["get", "label"], "text-font": FONTS, "text-size": 12, "text-variable-anchor": ["left", "right", "top", "bottom"],
          "text-radial-offset": (RING + 5) / 12, "text-justify": "auto", "text-padding": 3,
        },
        paint: { "text-color": colours.label, "text-halo-color": colours.halo, "text-halo-width": 1.5, "text-opacity": ["max", 0.5, ["get", "fresh"]] },
      },
      {
        id: "names", type: "symbol", source: "acts",
        layout: {
          "text-field": ["get", "name"], "text-font": FONTS, "text-size": 12, "text-variable-anchor": ["left", "right", "top", "bottom"],
          "text-radial-offset": ["get", "gap"], "text-justify": "auto", "symbol-sort-key": ["-", 0, ["get", "count"]], "text-padding": 3,
        },
        paint: { "text-color": colours.label, "text-halo-color": colours.halo, "text-halo-width": 1.5 },
      },
      {
        id: "counts", type: "symbol", source: "acts", filter: [">", ["get", "count"], 2],
        layout: { "text-field": ["get", "many"], "text-font": FONTS, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true },
        paint: { "text-color": ["case", ["get", "area"], colours.label, colours.count], "text-opacity": ["get", "fresh"] },
      },
      // Nothing to see: what stands here is placed first, so that no name lies on a circle or a ring.
      {
        id: "rings", type: "symbol", source: "control",
        layout: { "icon-image": "room", "icon-size": RING / 8, "icon-allow-overlap": true, "icon-ignore-placement": false, "icon-padding": 0 },
      },
      {
        id: "room", type: "symbol", source: "acts",
        layout: { "icon-image": "room", "icon-size": ["/", ["get", "radius"], 8], "icon-allow-overlap": true, "icon-ignore-placement": false, "icon-padding": 0 },
      },
    ],
  };
}

/** A ring in the holder's colour; hatched where the place is contested, open where claimed only. */
function ring(colour: string, kind: "held" | "contested" | "claimed"): ImageData {
  const size = 72;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d")!;
  const middle = size / 2;
  pen.beginPath();
  pen.arc(middle, middle, 30, 0, 2 * Math.PI);
  pen.globalAlpha = kind === "held" ? 0.3 : 0.12;
  pen.fillStyle = colour;
  pen.fill();
  if (kind === "contested") {
    pen.save();
    pen.clip();
    pen.globalAlpha = 0.65;
    pen.strokeStyle = colour;
    pen.lineWidth = 4;
    for (let x = -size; x < size; x += 12) {
      pen.beginPath();
      pen.moveTo(x, size);
      pen.lineTo(x + size, 0);
      pen.stroke();
    }
    pen.restore();
  }
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 5;
  if (kind === "claimed") pen.setLineDash([9, 7]);
  pen.beginPath();
  pen.arc(middle, middle, 31, 0, 2 * Math.PI);
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}

function ringKind(status: string): "held" | "contested" | "claimed" {
  return /contest|disput|shared/.test(status) ? "contested" : status === "claimed" ? "claimed" : "held";
}

const OLD = 120; // days after the last word when a ring is half as strong

function controlFeatures(chart: Chart, control: Control[], sides: string[], day: Day | null, named: Set<string>, colours: Palette): GeoJSON.FeatureCollection {
  return {
    type: "FeatureCollection",
    features: control.flatMap((one) => {
      if (one.latitude === null || one.longitude === null) return [];
      const rank = sides.indexOf(sideOf(one) ?? "");
      const colour = colours.holders[rank] ?? colours.unknown;
      const kind = one.inferred && one.status === "held" ? "claimed" : ringKind(one.status);
      const icon = `${kind} ${colour}`;
      if (!chart.hasImage(icon)) chart.addImage(icon, ring(colour, kind), { pixelRatio: 1 });
      const age = day === null ? 0 : Math.max(0, day - (readDay(one.last_reported) ?? day));
      return [{
        type: "Feature" as const, geometry: { type: "Point" as const, coordinates: [one.longitude, one.latitude] },
        properties: { icon, fresh: Math.max(0.14, 1 / (1 + age / OLD)), place: one.place, label: named.has(one.place) ? "" : one.place },
      }];
    }),
  };
}

function actFeatures(field: Field, window: Window, zoom: number, fade: number, ringed: Set<string>, colours: Palette): GeoJSON.FeatureCollection {
  // What lies at a place and what lies somewhere around it bear its name once.
  const named = new Set<string>();
  const once = (name: string) => (named.has(name) ? "" : (named.add(name), name));
  return {
    type: "FeatureCollection",
    features: clusters(field, window, zoom, CELL, fade).sort((a, b) => b.count - a.count).map((one) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [longitudeOf(one.x), latitudeOf(one.y)] },
      properties: {
        count: one.count, many: brief(one.count), colour: colours.groups[one.group], fresh: 0.25 + 0.75 * one.fresh, at: one.first, places: one.places,
        radius: one.radius, area: one.area, name: once(one.name), gap: (Math.max(one.radius, ringed.has(one.name) ? RING : 0) + 5) / 12,
      },
    })),
  };
}

interface Properties { field: Field; window: Window; fade: number; control: Control[]; sides: string[]; day: Day | null; dark: boolean; selected: [number, number] | null }

const NEAR = 60; // degrees of longitude

function startAt(field: Field): { center: [number, number]; zoom: number } | { bounds: [[number, number], [number, number]] } {
  const place = get().map.split(",").map(Number);
  if (place.length === 3 && place.every(Number.isFinite)) return { center: [place[0], place[1]], zoom: place[2] };
  // Where most happens: a town far away does not draw the view to it.
  const xs: number[] = [], ys: number[] = [];
  const step = Math.max(1, Math.floor(field.count / 4000)); // some thousand tell it as well as all
  for (let i = 0; i < field.count; i += step)
    if (field.x[i] >= 0 && field.area[i] === 0) {
      xs.push(field.x[i]);
      ys.push(field.y[i]);
    }
  // Two lands far apart: the one of which more is told, unless even its half is scattered over the world.
  const near = [0.12, 0.25, 0.35].map((left) => boundsOf(xs, ys, left)).find((one) => one !== null && one.bounds[1][0] - one.bounds[0][0] < NEAR);
  return near ?? boundsOf(xs, ys, 0.12) ?? { center: [30, 25], zoom: 1.6 };
}

/** What holds all but a part of the points at each side, with room around it; null where there are none. */
function boundsOf(xs: number[], ys: number[], left: number): { bounds: [[number, number], [number, number]] } | null {
  if (xs.length === 0) return null;
  const order = (values: number[], part: number) => values.sort((a, b) => a - b)[Math.floor(part * (values.length - 1))];
  const west = order(xs, left), east = order(xs, 1 - left), north = order(ys, left), south = order(ys, 1 - left);
  const room = Math.max(east - west, south - north, 0.004) * 0.3;
  return { bounds: [[longitudeOf(west - room), latitudeOf(south + room)], [longitudeOf(east + room), latitudeOf(north - room)]] };
}

/** The legend covers a corner: what the map begins with lies above it. */
function roomAround(holder: HTMLElement): { top: number; right: number; bottom: number; left: number } {
  const legend = holder.parentElement?.querySelector<HTMLDetailsElement>(".legend");
  const covered = legend?.open ? Math.min(legend.offsetHeight + 12, holder.offsetHeight / 3) : 0;
  return { top: 0, right: 0, bottom: covered, left: 0 };
}

export function MapView({ field, window: shown, fade, control, sides, day, dark, selected }: Properties) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const marker = useRef<maplibre.Marker | null>(null);
  const settled = useRef(false);
  const now = useRef({ field, shown, fade, control, sides, day });
  const [ready, setReady] = useState(0);
  const [failed, setFailed] = useState(false);
  const [drawn, setDrawn] = useState(false);
  now.current = { field, shown, fade, control, sides, day };

  const draw = () => {
    const map = chart.current;
    if (map === null || map.getSource("acts") === undefined) return;
    const { field, shown, fade, control, sides, day } = now.current;
    const acts = actFeatures(field, shown, map.getZoom(), fade, new Set(control.map((one) => one.place)), palette(dark));
    (map.getSource("acts") as GeoJSONSource).setData(acts);
    // A ring bears its own name only where no circle does.
    const named = new Set(acts.features.map((one) => String(one.properties?.name)));
    (map.getSource("control") as GeoJSONSource).setData(controlFeatures(map, control, sides, day, named, palette(dark)));
  };
  const drawLater = useRef(draw);
  drawLater.current = draw;

  useEffect(() => {
    let map: Chart;
    const start = startAt(field);
    settled.current = "bounds" in start || get().map !== "";
    try {
      map = new maplibre.Map({
        container: holder.current!, style: styleOf(palette(dark)), attributionControl: false, dragRotate: false,
        pitchWithRotate: false, maxZoom: 13, minZoom: 1, fadeDuration: 0, renderWorldCopies: true, canvasContextAttributes: { preserveDrawingBuffer: true },
        ...("bounds" in start ? { bounds: start.bounds, fitBoundsOptions: { maxZoom: 9, padding: roomAround(holder.current!) } } : start),
      });
    } catch {
      setFailed(true);
      return;
    }
    chart.current = map;
    map.touchZoomRotate.disableRotation();
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
    if (window.innerWidth > 700) map.addControl(new maplibre.ScaleControl({ maxWidth: 90 }), "bottom-right");
    map.getCanvas().setAttribute("aria-label", "Map of events; the list beside it holds the same events as text");
    map.on("styleimagemissing", ({ id }) => id === "room" && map.addImage("room", new ImageData(16, 16)));
    map.on("load", () => setReady((n) => n + 1));
    map.once("idle", () => setDrawn(true));
    map.on("zoomend", () => drawLater.current());
    map.on("moveend", (moved) => {
      if (!(moved as { originalEvent?: unknown }).originalEvent) return;
      const centre = map.getCenter();
      go({ map: `${centre.lng.toFixed(2)},${centre.lat.toFixed(2)},${map.getZoom().toFixed(2)}` }, true);
    });
    map.on("click", "acts", (click) => {
      const one = click.features?.[0];
      if (one === undefined) return;
      const properties = one.properties as { count: number; at: number; places: number };
      const points = now.current.field.points;
      const at = (one.geometry as GeoJSON.Point).coordinates as [number, number];
      if (properties.count === 1) go({ event: points.event[properties.at], panel: "list" });
      else if (properties.places > 1 && map.getZoom() < 12) map.easeTo({ center: at, zoom: map.getZoom() + 2 });
      else go({ place: points.place[properties.at] ?? "", event: "", panel: "list" });
    });
    map.on("click", "control", (click) => {
      if (map.queryRenderedFeatures(click.point, { layers: ["acts"] }).length === 0)
        go({ place: String(click.features?.[0]?.properties.place ?? ""), event: "", panel: "list" });
    });
    map.on("mouseenter", "acts", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "acts", () => (map.getCanvas().style.cursor = ""));
    const size = new ResizeObserver(() => map.resize());
    size.observe(holder.current!);
    return () => {
      size.disconnect();
      map.remove();
      chart.current = null;
    };
  }, [dark]);

  useEffect(() => {
    const map = chart.current;
    if (map === null || ready === 0) return;
    let wanted = true;
    loadWorld().then((world) => {
      if (!wanted || chart.current !== map) return;
      (map.getSource("land") as GeoJSONSource).setData(world.land);
      (map.getSource("borders") as GeoJSONSource).setData(world.borders);
      (map.getSource("labels") as GeoJSONSource).setData(world.labels);
      return loadProvinces(countriesOf(field, 8)).then((provinces) => {
        if (!wanted || chart.current !== map) return;
        (map.getSource("provinces") as GeoJSONSource).setData(provinces.lines);
        (map.getSource("labels") as GeoJSONSource).setData({ type: "FeatureCollection", features: [...world.labels.features, ...provinces.labels.features] });
      });
    }).catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [ready]);

  useEffect(() => {
    if (ready > 0) draw();
    // Where no act has a place, the view goes to who holds what.
    const held = control.filter((one) => one.latitude !== null && one.longitude !== null);
    const around = ready > 0 && !settled.current
      ? boundsOf(held.map((one) => (one.longitude! + 180) / 360), held.map((one) => 0.5 - Math.asinh(Math.tan((one.latitude! * Math.PI) / 180)) / (2 * Math.PI)), 0) : null;
    if (around !== null) {
      settled.current = true;
      chart.current?.fitBounds(around.bounds, { maxZoom: 7, animate: false, padding: roomAround(holder.current!) });
    }
    holder.current?.setAttribute("data-drawn", String(ready));
  }, [ready, field, shown.from, shown.to, shown.asof, fade, control, sides, day]);

  useEffect(() => {
    marker.current?.remove();
    marker.current = null;
    const map = chart.current;
    if (map === null || selected === null) return;
    const element = document.createElement("div");
    element.className = "selected-place";
    marker.current = new maplibre.Marker({ element }).setLngLat(selected).addTo(map);
    if (!map.getBounds().contains(selected)) map.easeTo({ center: selected });
  }, [selected?.[0], selected?.[1], ready]);

  return (
    <div class="map" role="region" aria-label="Map">
      <div class="chart" ref={holder} />
      {!drawn && !failed && <p class="drawing">Drawing the map…</p>}
      {failed && <p class="no-map">This browser cannot draw the map (WebGL is off). The list holds the same events.</p>}
      <Legend control={control} sides={sides} dark={dark} field={field} shown={shown} fade={fade} />
    </div>
  );
}

function Legend({ control, sides, dark, field, shown, fade }: { control: Control[]; sides: string[]; dark: boolean; field: Field; shown: Window; fade: number }) {
  const colours = palette(dark);
  // Only what the map shows now; the colours stay with their sides.
  const holders = sides.slice(0, colours.holders.length).map((side, rank) => ({ side, rank })).filter(({ side }) => control.some((one) => sideOf(one) === side));
  const [placed, all] = useMemo(() => {
    let placed = 0, all = 0;
    visit(field, shown, (at) => {
      all++;
      if (field.x[at] >= 0) placed++;
    });
    return [placed, all];
  }, [field, shown.from, shown.to, shown.asof]);
  const groups: Group[] = ["force", "moves", "words"];
  return (
    <details class="legend" open={window.innerWidth > 700}>
      <summary>What the map shows</summary>
      <ul>
        {groups.map((group) => (
          <li key={group}><i class="dot" style={{ background: colours.groups[group] }} />{GROUP_NAMES[group]}</li>
        ))}
        <li><i class="dot hollow" />somewhere in that area</li>
      </ul>
      {holders.length > 0 && (
        <ul>
          <li>Held by</li>
          {holders.map(({ side, rank }) => (
            <li key={side}><i class="ring" style={{ borderColor: colours.holders[rank], background: `${colours.holders[rank]}44` }} />{side}</li>
          ))}
          {control.some((one) => ringKind(one.status) === "contested") && <li><i class="ring hatched" />contested by</li>}
          {control.some((one) => one.inferred || one.status === "claimed") && <li><i class="ring broken" />claimed or inferred</li>}
        </ul>
      )}
      <p>A number counts acts near one another{fade > 0 && shown.to !== null ? "; older ones are fainter" : ""}{holders.length > 0 && "; rings fade with the days since the last word"}. {placed === 0 ? "No act shown has a known place." : <>{number(placed)} of {plural(all, "act")} {all === 1 ? "has" : "have"} a known place.</>}</p>
    </details>
  );
}
