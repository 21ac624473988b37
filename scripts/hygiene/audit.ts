/** The output of `npm audit --json`: findings by package, or why there are none. */
export interface AuditReport {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (string | Advisory)[] }>>;
  readonly message?: string;
}

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly severity: string;
  /** Ends with the id of the advisory. */
  readonly url: string;
}

/** An accepted finding (scripts/hygiene/accepted.yaml). */
export interface Acceptance {
  readonly advisory: string;
  readonly reason: string;
  readonly until: string | Date;
}

export interface AuditVerdict {
  readonly faults: readonly string[];
  readonly note: string;
}

const file = 'scripts/hygiene/accepted.yaml';
const idOf = ({ url }: Advisory): string => url.split('/').at(-1) as string;

/** Faults: high findings that are not accepted on the day (YYYY-MM-DD), and entries without a finding. */
export function auditVerdict(report: AuditReport, accepted: readonly Acceptance[], today: string): AuditVerdict {
  if (report.vulnerabilities === undefined) {
    const [why = 'no report'] = report.message?.match(/\b[45]\d\d [A-Z][\w ]*\w|\bE[A-Z_]{5,}/) ?? [];
    return { faults: [], note: `not checked: the registry does not answer audits here (${why})` };
  }
  const advisories = Object.values(report.vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((one): one is Advisory => typeof one === 'object' && ['high', 'critical'].includes(one.severity));
  const byId = new Map(advisories.map((advisory) => [idOf(advisory), advisory]));
  const holds = ({ reason, until }: Acceptance): boolean =>
    typeof reason === 'string' && reason.trim().length >= 10 && dayOf(until) >= today;
  const faults = [...byId]
    .filter(([id]) => !accepted.some((entry) => entry.advisory === id && holds(entry)))
    .map(
      ([id, { name, severity, title }]) =>
        `${name}: ${title} (${severity}, ${id}); update it, or say in ${file} why it cannot do harm`,
    );
  const stale = accepted
    .filter(({ advisory }) => !byId.has(advisory))
    .map(({ advisory }) => `${file}: ${advisory} was not found; remove the entry`);
  const note = byId.size === 0 ? 'none of high severity' : `${byId.size} high, each accepted in ${file}`;
  return { faults: [...faults, ...stale], note };
}

const dayOf = (until: string | Date): string => (until instanceof Date ? until.toISOString() : until).slice(0, 10);
