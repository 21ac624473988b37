/** A line chart, as SVG that is readable on light and dark pages. */
export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** Points in ascending order of x. */
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [x: number, y: number])[] }[];
}

const [width, height, left, top, right, bottom] = [720, 320, 60, 40, 16, 48];
const colours = ['#2563eb', '#dc2626', '#059669', '#9333ea'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** About five round steps from 0 to beyond the largest value. */
function ticks(largest: number): number[] {
  const rough = Math.max(largest, 1e-9) / 5;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * magnitude >= rough) ?? 10) * magnitude;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, n) => Number((n * step).toPrecision(12)));
}

/** Draws the lines over axes that begin at 0. */
export function svg({ title, x, y, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const [xTicks, yTicks] = [0, 1].map((axis) => ticks(Math.max(0, ...points.map((point) => point[axis as 0 | 1]))));
  const at = (value: number, all: readonly number[] = [], from: number, to: number) =>
    Number((from + (value / (all.at(-1) || 1)) * (to - from)).toFixed(1));
  const [atX, atY] = [
    (value: number) => at(value, xTicks, left, width - right),
    (value: number) => at(value, yTicks, height - bottom, top),
  ];
  const label = (dx: number, dy: number, text: string, anchor = 'middle') =>
    `<text x="${dx}" y="${dy}" text-anchor="${anchor}">${escaped(text)}</text>`;
  const grid = [
    ...(yTicks ?? []).map(
      (tick) =>
        `<path class="grid" d="M${left} ${atY(tick)}H${width - right}"/>${label(left - 8, atY(tick) + 4, tick.toLocaleString('en'), 'end')}`,
    ),
    ...(xTicks ?? []).map((tick) => label(atX(tick), height - bottom + 18, tick.toLocaleString('en'))),
  ];
  const drawn = lines.map(({ points: each, name }, index) => {
    const path = each.map(([px, py]) => `${atX(px)} ${atY(py)}`).join('L');
    const colour = colours[index % colours.length];
    const key = `<g fill="${colour}">${label(width - right, top + 16 * (index + 1), name, 'end')}</g>`;
    return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="1.5"/>${lines.length > 1 ? key : ''}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<style>text{font:12px sans-serif;fill:#57606a}g text{fill:inherit}.grid{stroke:#8b949e;stroke-opacity:.3}</style>
<text x="${left}" y="20" style="font-weight:bold">${escaped(title)}</text>
${grid.join('\n')}
${drawn.join('\n')}
${label((left + width - right) / 2, height - 8, x)}
<text transform="rotate(-90)" x="${-(top + height - bottom) / 2}" y="14" text-anchor="middle">${escaped(y)}</text>
</svg>
`;
}
