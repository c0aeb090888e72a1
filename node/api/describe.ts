/**
 * The words every room describes its routes with, so that OpenAPI says the same thing in the same way.
 */
import { z } from "@hono/zod-openapi";
import { Problem } from "./schema.js";

/** An answer that is JSON of this shape. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({ description, content: { "application/json": { schema } } });

/** An answer that is a text of this media type. */
export const text = (type: string, description: string) => ({ description, content: { [type]: { schema: z.string() } } });

/** An answer that is an RFC 9457 problem. */
export const refusal = (description: string) => ({ description, content: { "application/problem+json": { schema: Problem } } });

/** A body that is JSON of this shape, and has to be there. */
export const body = <T extends z.ZodType>(schema: T) => ({ required: true, content: { "application/json": { schema } } }) as const;

/** The refusals of every route. */
export const refusals = { 401: refusal("not a moderator"), 403: refusal("not allowed") };

/** The id in a route's path. */
export const id = z.object({ id: z.string().max(100) });
