import type { WorldAccess } from '../worlds/access.ts';
import { tenantOf } from '../worlds/reach.ts';
import type { Admission } from './admission.ts';

/** Access for the requests of tenants: each is admitted before it reaches a world of its tenant. */
export const admitting = (access: WorldAccess, admission: Admission): WorldAccess => ({
  worlds: access.worlds,
  names: (filter) => access.names(filter),
  run(world, work, options) {
    const tenant = world === undefined ? undefined : tenantOf(world);
    const admitted = tenant === undefined ? undefined : admission.admit(tenant);
    return admitted instanceof Promise
      ? admitted.then(() => access.run(world, work, options))
      : access.run(world, work, options);
  },
});
