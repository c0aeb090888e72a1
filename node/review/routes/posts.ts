/**
 * The queue and its posts, to read.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { Facets, PostDetail, PostPage, PostQuery } from "../../api/schema.js";
import { etagOf, unchanged } from "../etag.js";
import { id, json, type Mount, READS, refusals } from "./mount.js";

const tags = ["queue"];

const listPosts = createRoute({
  method: "get",
  path: "/posts",
  operationId: "listPosts",
  summary: "One page of the queue",
  tags,
  ...READS,
  request: {
    query: PostQuery.extend({
      cursor: z.string().max(500).optional().openapi({ description: "the `next` of the page before" }),
      limit: z.coerce.number().int().min(1).max(200).optional(),
    }),
  },
  responses: { 200: json(PostPage, "one page of the queue, and how many posts stand where"), ...refusals("malformed-request") },
});

const facets = createRoute({
  method: "get",
  path: "/facets",
  operationId: "getFacets",
  summary: "What the queue can be narrowed to",
  tags,
  ...READS,
  request: { query: PostQuery.pick({ state: true }) },
  responses: { 200: json(Facets, "of the posts of a state, with how many have each"), ...refusals("malformed-request") },
});

const etag = z.object({ ETag: z.string().openapi({ description: "the version, and what the answer is made of" }) });

const getPost = createRoute({
  method: "get",
  path: "/posts/{id}",
  operationId: "getPost",
  summary: "One post with everything needed to decide",
  tags,
  ...READS,
  request: { params: id, headers: z.object({ "if-none-match": z.string().max(2000).optional() }) },
  responses: {
    200: { ...json(PostDetail, "the post"), headers: etag },
    304: { description: "it is as the `ETag` in `If-None-Match` says" },
    ...refusals("not-found"),
  },
});

/** Mounts `GET /posts`, `GET /facets` and `GET /posts/{id}`. */
export const mountPosts: Mount = (api, { gate }) => {
  api.openapi(listPosts, async (c) => c.json(await gate.review.list(c.req.valid("query"), c.var.moderator), 200));
  api.openapi(facets, async (c) => c.json(await gate.review.facets(c.req.valid("query").state), 200));
  api.openapi(getPost, async (c) => {
    const post = await gate.review.get(c.req.valid("param").id);
    const tag = etagOf(post);
    c.header("etag", tag);
    return unchanged(c.req.header("if-none-match"), tag) ? c.body(null, 304) : c.json(post, 200);
  });
};
