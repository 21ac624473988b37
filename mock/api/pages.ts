import type { components } from '../../generated/api.ts';
import type { Quirks } from '../../generated/quirks.ts';
import type { Query } from './validation.ts';

/**
 * One page of a list, and where it lies (PAGE-1, PAGE-2, PAGE-7). `rows` is asked only for a page that has any, so that
 * a page past the end is empty however far it is (PAGE-6).
 */
export function page<T>(
  query: Query,
  total: number,
  quirks: Quirks,
  rows: (limit: number, offset: number) => readonly T[],
) {
  const { page, limit } = query as { page: number; limit: number };
  const offset = (page - 1) * limit;
  const pagination: components['schemas']['Pagination'] = {
    page,
    limit,
    total,
    total_pages: total === 0 ? Number(quirks['empty-total-pages']) : Math.ceil(total / limit),
  };
  return { data: offset < total ? rows(limit, offset) : [], pagination };
}
