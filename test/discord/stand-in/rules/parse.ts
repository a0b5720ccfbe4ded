import type { z } from 'zod';
import { ApiError, INVALID_FORM } from '../api-error.ts';

/** @throws ApiError 400 with code 50035 for a body of another shape */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  throw new ApiError('form', 400, INVALID_FORM, issue?.message ?? 'Invalid', issue?.path.join('.') || 'body');
}
