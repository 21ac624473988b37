import type { components } from '../../generated/api.ts';
import type { Quirks } from '../../generated/quirks.ts';
import type { QueryParameters } from './validation.ts';

interface Page<T> {
  readonly data: readonly T[];
  readonly pagination: components['schemas']['Pagination'];
}

/**
 * One page of a list with its pagination (PAGE-1, PAGE-2, PAGE-7). `rows` is not called for a page past the end, which
 * is empty (PAGE-6).
 */
export function page<T>(
  query: QueryParameters,
  total: number,
  quirks: Quirks,
  rows: (limit: number, offset: number) => readonly T[],
): Page<T> {
  const { page, limit } = query as { page: number; limit: number };
  const offset = (page - 1) * limit;
  const data = offset < total ? rows(limit, offset) : [];
  const pagination = {
    page,
    limit,
    total,
    total_pages: total === 0 ? Number(quirks['empty-total-pages']) : Math.ceil(total / limit),
  };
  return { data, pagination };
}
