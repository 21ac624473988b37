import type { Defect } from './defect.ts';
import { authentication } from '../rules/authentication.defects.ts';
import { errorsArea } from '../rules/errors.defects.ts';
import { groupsArea } from '../rules/groups.defects.ts';
import { identifiers } from '../rules/identifiers.defects.ts';
import { lifecycle } from '../rules/lifecycle.defects.ts';
import { pagination } from '../rules/pagination.defects.ts';
import { rowsArea } from '../rules/rows.defects.ts';
import { sync } from '../rules/sync.defects.ts';

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
];
