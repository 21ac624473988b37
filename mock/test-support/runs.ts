/** How many cases a test tries: few for each change, many with `npm test -- --full`. */
export const runs = (few: number, many: number): number => (process.env['KIT_RUNS'] === 'many' ? many : few);
