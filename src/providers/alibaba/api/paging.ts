import * as z from 'zod/mini';
import type { Item } from '../../../core/item';
import type { ListSource } from '../../../core/kind';
import type { Operation, ParamsSchema } from '../../../core/operation';
import { tokenPager } from '../../../core/pager';
import { count, text, viewOf, type AnswerSchema, type ReadBy } from '../../../core/tolerant';

/** Both ways to page, each with at most `max` records a page. With either token parameter the page numbers are ignored. */
export function pagingParams(max: number) {
  return {
    MaxResults: z.optional(z.int().check(z.minimum(1), z.maximum(max))),
    NextToken: z.optional(z.string()),
    PageNumber: z.optional(z.int().check(z.minimum(1))),
    PageSize: z.optional(z.int().check(z.minimum(1), z.maximum(max))),
  };
}

/** What every page of a list tells of itself. */
export const pageFields = { NextToken: text, PageNumber: count, PageSize: count, TotalCount: count };

type PageSchema = AnswerSchema<{ readonly NextToken?: string | undefined; readonly TotalCount?: number | undefined }>;

interface Page<R extends PageSchema> {
  readonly size: number;
  readonly items: (page: ReadBy<R>) => readonly Item[];
  readonly filter: ListSource['filter'];
}

/** A list with both ways to page. */
export function pagedList<R extends PageSchema>(operation: Operation<ParamsSchema, R>, page: Page<R>): ListSource {
  const view = viewOf(operation.response);
  return {
    operation,
    pager: tokenPager(page.size, (value) => view(value).NextToken),
    numbered: {
      size: page.size,
      page: (number) => ({ PageNumber: number, PageSize: page.size }),
      total: (value) => view(value).TotalCount,
    },
    // What the pages of the list calls say of lists narrowed by tag or resource group.
    narrowedAtMost: 1_000,
    filter: page.filter,
    items: (value) => page.items(view(value)),
  };
}
