/** How long one answer may take, in milliseconds. */
export const defaultRequestTimeoutMs = 30_000;

/** How long a sync may take, in milliseconds. */
export const defaultSyncTimeoutMs = 180_000;
