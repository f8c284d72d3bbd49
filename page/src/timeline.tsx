// The histogram by day: what is shown above, all of it in the strip below, with a brush; a slider, and a
// button that moves it. Every handle answers to the arrow keys.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { palette } from "./colours";
import { longDay, shortDay, span, ticks, writeDay, type Day } from "./days";
import { histogram, type Field } from "./points";
import { get, go } from "./state";
import { number } from "./words";

const BARS = 72; // heights in pixels
const AXIS = 20;
const STRIP = 16;

function paintBars(canvas: HTMLCanvasElement, field: Field, from: Day, to: Day, height: number, dark: boolean, asof: Day | null, quiet: boolean): number {
  const width = canvas.clientWidth;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null || width === 0) return 0;
  pen.scale(ratio, ratio);
  const colours = palette(dark);
  const days = to - from + 1;
  const bins = Math.max(1, Math.min(days, Math.floor(width / (quiet ? 3 : 5))));
  const { all, force } = histogram(field, from, to, bins, asof);
  const most = Math.max(1, ...all);
  const step = width / bins;
  const bar = Math.max(1, Math.min(step - 1, 14));
  for (let i = 0; i < bins; i++) {
    if (all[i] === 0) continue;
    // The root keeps a single act visible beside the day of a great battle.
    const tall = Math.max(2, Math.sqrt(all[i] / most) * (height - 2));
    const red = (tall * force[i]) / all[i];
    const x = i * step + (step - bar) / 2;
    pen.fillStyle = colours.bar;
    pen.fillRect(x, height - tall, bar, tall - red);
    pen.fillStyle = quiet ? colours.bar : colours.groups.force;
    pen.fillRect(x, height - red, bar, red);
  }
  return most;
}

interface Handle { day: Day; name: string; least: Day; most: Day; set: (day: Day) => void; clear?: () => void; kind: string; from: Day; to: Day; step: number }

function HandleView({ day, name, least, most, set, clear, kind, from, to, step }: Handle) {
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageUp: step * 7, PageDown: -step * 7 };
    let next: Day | null = event.key in steps ? day + steps[event.key] : event.key === "Home" ? least : event.key === "End" ? most : null;
    if ((event.key === "Escape" || event.key === "Delete") && clear) {
      clear();
      event.preventDefault();
      return;
    }
    if (next === null) return;
    event.preventDefault();
    set(Math.min(most, Math.max(least, next)));
  };
  return (
    <div class={`handle ${kind}`} role="slider" tabIndex={0} aria-label={name} aria-valuemin={least} aria-valuemax={most}
      aria-valuenow={day} aria-valuetext={longDay(day)} onKeyDown={move} data-handle={kind.split(" ")[0]}
      style={{ left: `${(100 * (day - from + (kind === "end" ? 1 : kind.startsWith("now") ? 0.5 : 0))) / (to - from + 1)}%` }} />
  );
}

export function Timeline({ field, from, to, at, asof, dark }: { field: Field; from: Day | null; to: Day | null; at: Day | null; asof: Day | null; dark: boolean }) {
  const bars = useRef<HTMLCanvasElement>(null);
  const strip = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [playing, setPlaying] = useState(false);
  const dated = field.from <= field.to;
  const low = field.from, high = field.to;
  const start = from ?? low, end = to ?? high;
  const days = Math.max(1, end - start + 1);
  const step = Math.max(1, Math.round(days / 400));

  useLayoutEffect(() => {
    if (bars.current === null || strip.current === null || !dated) return;
    paintBars(bars.current, field, start, end, BARS, dark, asof, false);
    paintBars(strip.current, field, low, high, STRIP, dark, asof, true);
  }, [field, start, end, dark, asof, width]);

  useEffect(() => {
    if (bars.current === null) return;
    const size = new ResizeObserver(() => setWidth(bars.current?.clientWidth ?? 0));
    size.observe(bars.current);
    return () => size.disconnect();
  }, [dated]);

  useEffect(() => {
    if (!playing) return;
    let day = get().at === "" || (at ?? end) >= end ? start : (at ?? start);
    const timer = setInterval(() => {
      day += step;
      if (day >= end) {
        go({ at: writeDay(end) }, true);
        setPlaying(false);
        return;
      }
      go({ at: writeDay(day) }, true);
    }, 90);
    return () => clearInterval(timer);
  }, [playing, start, end]);

  const shown = useMemo(() => (dated ? histogram(field, start, end, 1, asof).all[0] : 0), [field, start, end, asof]);

  if (!dated) return <section class="timeline" aria-label="Timeline"><p class="none">{field.count > 0 ? "No act here has a known day." : asof !== null ? `No report had told of such an act by ${shortDay(asof)}.` : "No act passes these filters."}</p></section>;

  const dayAt = (event: PointerEvent, element: HTMLElement, first: Day, last: Day): Day => {
    const box = element.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.min(last, Math.floor(first + part * (last - first + 1)));
  };
  const setAt = (day: Day) => go({ at: writeDay(day), event: "" }, true);
  const drag = (element: HTMLElement, event: PointerEvent, moved: (event: PointerEvent) => void, ended?: (event: PointerEvent) => void) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const finish = (last: PointerEvent) => {
      element.removeEventListener("pointermove", moved);
      element.removeEventListener("pointerup", finish);
      element.removeEventListener("pointercancel", finish);
      ended?.(last);
    };
    element.addEventListener("pointermove", moved);
    element.addEventListener("pointerup", finish);
    element.addEventListener("pointercancel", finish);
  };
  const slide = (event: PointerEvent) => {
    const element = event.currentTarget as HTMLElement;
    setPlaying(false);
    setAt(dayAt(event, element, start, end));
    drag(element, event, (moved) => setAt(dayAt(moved, element, start, end)));
  };
  const brush = (event: PointerEvent) => {
    const element = event.currentTarget as HTMLElement;
    const first = dayAt(event, element, low, high);
    const kind = (event.target as HTMLElement).dataset.handle;
    const inside = (event.target as HTMLElement).classList.contains("brush");
    const held = { from: start, to: end };
    drag(element, event, (moved) => {
      const day = dayAt(moved, element, low, high);
      if (kind === "start") setRange(Math.min(day, held.to), held.to);
      else if (kind === "end") setRange(held.from, Math.max(day, held.from));
      else if (inside && (from !== null || to !== null)) {
        const shift = Math.max(low - held.from, Math.min(high - held.to, day - first));
        setRange(held.from + shift, held.to + shift);
      } else if (Math.abs(day - first) > 0) setRange(Math.min(first, day), Math.max(first, day));
    });
  };
  const setRange = (first: Day, last: Day) =>
    go({ from: first <= low ? "" : writeDay(first), to: last >= high ? "" : writeDay(last), at: "", event: "" }, true);
  const axis = ticks(start, end, Math.max(3, Math.floor(width / 90))).filter((tick) => (tick.day - start) / days < 1 - 34 / Math.max(40, width));

  return (
    <section class="timeline" aria-label="Timeline">
      <div class="clock">
        <button type="button" class="play" aria-pressed={playing} onClick={() => setPlaying(!playing)}>
          <svg viewBox="0 0 16 16" aria-hidden="true">{playing ? <path d="M4 3h3v10H4zM9 3h3v10H9z" /> : <path d="M4 2.5v11l9-5.5z" />}</svg>
          {playing ? "Pause" : "Play"}
        </button>
        <p aria-live={playing ? "off" : "polite"}>
          <strong>{at !== null ? longDay(at) : span(start, end)}</strong>
          <span>{at !== null ? "acts up to this day; older ones fade" : `${number(shown)} dated acts`}</span>
        </p>
        {(at !== null || from !== null || to !== null) && (
          <button type="button" class="plain" onClick={() => { setPlaying(false); go({ at: "", from: "", to: "" }); }}>All days</button>
        )}
      </div>
      <div class="charts">
        <div class="bars" onPointerDown={slide}>
          <canvas ref={bars} style={{ height: `${BARS}px` }} aria-hidden="true" />
          <HandleView kind={at === null ? "now idle" : "now"} name="Day shown on the map" day={at ?? end} least={start} most={end} from={start} to={end} step={step} set={setAt} clear={() => go({ at: "" }, true)} />
          <div class="axis" style={{ height: `${AXIS}px` }} aria-hidden="true">
            {axis.map((tick) => (
              <span key={tick.day} class={tick.major ? "major" : ""} style={{ left: `${(100 * (tick.day - start)) / days}%` }}>{tick.label}</span>
            ))}
          </div>
        </div>
        <div class="strip" onPointerDown={brush} title="Drag to choose days">
          <canvas ref={strip} style={{ height: `${STRIP}px` }} aria-hidden="true" />
          <div class="brush" style={{ left: `${(100 * (start - low)) / (high - low + 1)}%`, width: `${(100 * days) / (high - low + 1)}%` }} />
          <HandleView kind="start" name="First day shown" day={start} least={low} most={end} from={low} to={high} step={Math.max(1, Math.round((high - low) / 400))} set={(day) => setRange(day, end)} />
          <HandleView kind="end" name="Last day shown" day={end} least={start} most={high} from={low} to={high} step={Math.max(1, Math.round((high - low) / 400))} set={(day) => setRange(start, day)} />
        </div>
        <p class="ends" aria-hidden="true"><span>{shortDay(low)}</span><span>all days of the record; drag to choose</span><span>{shortDay(high)}</span></p>
      </div>
    </section>
  );
}
