/** The network or the target's HTTP broke: nothing that a rule speaks of. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The run was told to stop, or has used up its requests: nothing more is sent. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
