/** The `User-Agent` of requests that the console sends. */
export const consoleAgent = 'groups-mock-console';
