import { authenticationDefects } from '../rules/authentication.defects.ts';
import { errorsDefects } from '../rules/errors.defects.ts';
import { groupsDefects } from '../rules/groups.defects.ts';
import { identifiersDefects } from '../rules/identifiers.defects.ts';
import { lifecycleDefects } from '../rules/lifecycle.defects.ts';
import { neighboursDefects } from '../rules/neighbours.defects.ts';
import { paginationDefects } from '../rules/pagination.defects.ts';
import { rostersDefects } from '../rules/rosters.defects.ts';
import { rowsDefects } from '../rules/rows.defects.ts';
import { secondOrganizationDefects } from '../rules/second-organization.defects.ts';
import { syncDefects } from '../rules/sync.defects.ts';
import { updatesDefects } from '../rules/updates.defects.ts';
import { valuesDefects } from '../rules/values.defects.ts';
import type { Defect } from './defect.ts';

/** Every defect that the suite must notice. */
export const defects: readonly Defect[] = [
  ...authenticationDefects,
  ...identifiersDefects,
  ...errorsDefects,
  ...groupsDefects,
  ...paginationDefects,
  ...syncDefects,
  ...rowsDefects,
  ...lifecycleDefects,
  ...neighboursDefects,
  ...updatesDefects,
  ...secondOrganizationDefects,
  ...rostersDefects,
  ...valuesDefects,
];
