/** `/v1/groups/{group_id}` as Hono writes it: `/v1/groups/:group_id`. */
export const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');
