// Bars on a canvas, one above the other, by uPlot: sizes itself, takes its colours from the page's theme, tells which day is pointed at.
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** One kind of thing that is counted: its colour as a custom property, and how many on each day. */
export type Series = { colour: string; values: readonly number[] };

/** What a chart shows. `days` are `2026-11-22`. */
export type Bars = { days: readonly string[]; series: readonly Series[] };

const HEIGHT = 220;
const BAR = { size: [0.72, 28] as [number, number] };

/** The sums that let each bar begin where the one below it ends; the topmost first, so that lower ones are drawn over it. */
export function stacked(series: readonly Series[]): number[][] {
  const sums: number[][] = [];
  for (const { values } of series) sums.push(values.map((value, index) => value + (sums.at(-1)?.[index] ?? 0)));
  return sums.reverse();
}

/** A colour as a canvas takes it: what a custom property comes to in the theme that is on. */
function resolved(host: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function options(host: HTMLElement, { series }: Bars, locale: string, pointed: (index: number | null) => void): uPlot.Options {
  const colour = (name: string) => resolved(host, name);
  const [ink, line] = [colour("--chart-ink"), colour("--chart-line")];
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const axis = { stroke: ink, font, ticks: { show: false }, grid: { stroke: line, width: 1 } };
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const bars = uPlot.paths.bars?.(BAR);
  return {
    width: Math.max(host.clientWidth, 200),
    height: HEIGHT,
    legend: { show: false },
    padding: [12, 8, 0, 0],
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    scales: {
      x: { time: true, range: (_, min, max) => [min - 43_200, max + 43_200] },
      y: { range: (_, _min, max) => [0, Math.max(max, 1) * 1.08] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 34,
        space: 64,
        incrs: [1, 2, 7, 14, 28, 56].map((days) => days * 86_400),
        values: (_, splits) => splits.map((at) => date.format(at * 1000)),
      },
      {
        ...axis,
        size: 44,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000],
        values: (_, splits) => splits.map((value) => value.toLocaleString(locale)),
      },
    ],
    series: [
      {},
      ...[...series].reverse().map((each) => ({
        fill: colour(each.colour),
        stroke: colour(each.colour),
        width: 0,
        points: { show: false },
        ...(bars ? { paths: bars } : {}),
      })),
    ],
    hooks: { setCursor: [(plot) => pointed(plot.cursor.idx ?? null)] },
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "UTC"),
  };
}

/**
 * Draws bars into `host`, which has to be on the page.
 *
 * @param pointed called with the index of the day the pointer is at, or null
 * @returns what takes the chart away
 */
export function draw(host: HTMLElement, bars: Bars, locale: string, pointed: (index: number | null) => void): () => void {
  const days = bars.days.map((day) => Date.parse(day) / 1000);
  const plot = new uPlot(options(host, bars, locale, pointed), [days, ...stacked(bars.series)], host);
  const resize = new ResizeObserver(() => plot.setSize({ width: Math.max(host.clientWidth, 200), height: HEIGHT }));
  resize.observe(host);
  return () => {
    resize.disconnect();
    plot.destroy();
  };
}
