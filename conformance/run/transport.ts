/** A request as it is sent. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

/** An answer as it was received. */
export interface IncomingAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Carries requests to a target, one at a time, and follows no redirect. */
export interface Transport {
  /** Rejects if no complete answer arrives, and with the signal's reason when it is aborted. */
  send(request: OutgoingRequest, signal: AbortSignal): Promise<IncomingAnswer>;
  close(): Promise<void>;
}

export type OpenTransport = (baseUrl: string) => Transport;
