/** The path of the console. */
export const base = '/_mock/console';

/** The path of the pages of a world. */
export const worldPath = (name: string): string => `${base}/worlds/${encodeURIComponent(name)}`;
