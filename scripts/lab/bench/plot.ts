import type { WorkloadComparison } from './throughput.ts';

const barHeight = 14;
const gap = 14;
const labels = 250;
const width = 860;
const top = 46;
/** The ends of the logarithmic axis. */
const [minRatio, maxRatio] = [0.01, 2];
const colours = ['#4c78a8', '#9ecae9', '#f58518', '#b79a20', '#88d27a'];

const x = (ratio: number): number =>
  labels + ((width - labels - 60) * Math.log(Math.max(ratio, minRatio) / minRatio)) / Math.log(maxRatio / minRatio);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Throughput relative to bare Hono as bars on a logarithmic axis, grouped by workload. */
export function plot(comparisons: readonly WorkloadComparison[]): string {
  // Skip bare Hono, and show the large mock in the place of the mock.
  const names = comparisons[0]?.standings.slice(1).map(({ name }) => name) ?? [];
  const groupHeight = names.length * barHeight + gap;
  const height = top + comparisons.length * groupHeight + 20;
  const ticks = [0.01, 0.03, 0.1, 0.3, 1]
    .map(
      (tick) =>
        `<line x1="${x(tick)}" x2="${x(tick)}" y1="${top - 6}" y2="${height - 18}" stroke="${tick === 1 ? '#333' : '#ddd'}"/>` +
        `<text x="${x(tick)}" y="${height - 4}" text-anchor="middle">${tick === 1 ? 'bare Hono' : tick}</text>`,
    )
    .join('\n');
  const legend = names
    .map((name, index) => {
      const left = labels + index * 110;
      return `<rect x="${left}" y="12" width="12" height="12" fill="${colours[index]}"/><text x="${left + 17}" y="22">${escaped(name)}</text>`;
    })
    .join('\n');
  const bars = comparisons.flatMap(({ title, standings }, group) => {
    const y = top + group * groupHeight;
    return [
      `<text x="${labels - 10}" y="${y + (names.length * barHeight) / 2 + 4}" text-anchor="end">${escaped(title)}</text>`,
      ...names.map((_, index) => {
        const ratio = standings[index + 1]?.ratio ?? 0;
        const at = y + index * barHeight;
        const end = x(ratio);
        return (
          `<rect x="${labels}" y="${at}" width="${Math.max(1, end - labels).toFixed(1)}" height="${barHeight - 2}" fill="${colours[index]}"/>` +
          `<text x="${(end + 5).toFixed(1)}" y="${at + 10}" font-size="10">${ratio.toFixed(2)}</text>`
        );
      }),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>Throughput relative to a bare Hono application that gives the same bytes</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ticks,
    legend,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}
