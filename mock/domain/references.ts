import type { Quirks } from '../../generated/quirks.ts';

/** The external_reference_id of a group that has none: what is stored and returned for it (§8.2). */
export const noReference = (quirks: Quirks): '' | null => (quirks['external-reference'] === 'null' ? null : '');
