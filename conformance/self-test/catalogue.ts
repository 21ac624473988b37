import type { Defect } from './defect.ts';
import { authentication } from './defects/authentication.ts';
import { errorsArea } from './defects/errors.ts';
import { groupsArea } from './defects/groups.ts';
import { identifiers } from './defects/identifiers.ts';
import { lifecycle } from './defects/lifecycle.ts';
import { neighbours } from './defects/neighbours.ts';
import { pagination } from './defects/pagination.ts';
import { rowsArea } from './defects/rows.ts';
import { sync } from './defects/sync.ts';

/** Every defect that the suite is judged by. */
export const defects: readonly Defect[] = [
  ...authentication,
  ...identifiers,
  ...errorsArea,
  ...groupsArea,
  ...pagination,
  ...sync,
  ...rowsArea,
  ...lifecycle,
  ...neighbours,
];
