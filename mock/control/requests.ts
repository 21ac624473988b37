import { refuseUnknownOperation } from '../domain/faults.ts';
import type { Recording } from '../worlds/recordings.ts';
import type { NamedWorld, Schemas } from './named-world.ts';

/** Which requests to list. */
export interface RequestFilter {
  /** The id of an operation of the contract, such as `submitMemberSync`. */
  readonly operation?: string;
}

export const requestsControl = ({ stored, existing }: NamedWorld) => ({
  /** The requests that are still in the journal, oldest first, with their bodies. */
  listRequests({ operation }: RequestFilter = {}): Schemas['RequestList'] {
    if (operation !== undefined) refuseUnknownOperation('operation', operation);
    const { journal, recordings } = existing();
    const recorded = new Map((recordings?.of(stored) ?? []).map((recording) => [recording.number, recording]));
    const exchanges = journal
      .read()
      .exchanges.filter((each) => operation === undefined || each.operation === operation);
    return {
      requests: exchanges.map(
        ({ number, method, path, status, code, rule, fault, roster, group_id, request_id, ...each }) => ({
          number,
          operation: each.operation,
          method,
          path,
          status,
          code,
          rule,
          fault,
          rows: roster?.rows ?? null,
          group_id,
          request_id,
          ...bodiesOf(recorded.get(number)),
        }),
      ),
    };
  },
});

/** Null for a body that there was not, or that is no longer kept. */
const bodiesOf = (recording: Recording | undefined) => ({
  body: parsed(recording?.requestBody && Buffer.from(recording.requestBody).toString()),
  answer: parsed(recording?.status === 0 ? undefined : recording?.responseBody),
});

/** JSON as a value, other bodies as text. */
function parsed(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return text;
  }
}
