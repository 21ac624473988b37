/** The network or HTTP failed; no rule is about that. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The run was stopped or reached a limit: nothing more is sent. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
