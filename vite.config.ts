// Builds everything a browser loads: the pages of `www/` and the client module, each into its own place under `dist/`.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type EnvironmentOptions } from "vite";

const root = join(import.meta.dirname, "www");
const dist = join(import.meta.dirname, "dist");

/** Browsers with `light-dark()`, nesting and module workers: what the pages are written for. */
const target = ["chrome123", "edge123", "firefox121", "safari17.5"];

/** A page with its own `index.html`, built to `dist/www/<name>` with hashed assets beside it. */
const page = (name: string): EnvironmentOptions => ({
  consumer: "client",
  build: {
    outDir: join(dist, "www"),
    emptyOutDir: false,
    assetsDir: `${name}/assets`,
    rolldownOptions: { input: join(root, name, "index.html") },
  },
});

/** The module any forum page imports: names are stable because hosts write them down, and it keeps its exports. */
const library: EnvironmentOptions = {
  consumer: "client",
  build: {
    outDir: join(dist, "client"),
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: { "countersign-client": join(root, "client/index.ts") },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
};

const builds = [
  { name: "review", entry: "review/index.html", out: "www/review", options: page("review") },
  { name: "demo", entry: "demo/index.html", out: "www/demo", options: page("demo") },
  { name: "library", entry: "client/index.ts", out: "client", options: library },
].filter(({ entry }) => existsSync(join(root, entry)));

export default defineConfig({
  root,
  base: "./",
  publicDir: false,
  build: { target, cssTarget: target, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  // A page may be served from any path: its assets are named relative to it, whatever folder it was built in.
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === "html" ? `./${file.replace(/^[^/]+\//, "")}` : { relative: true }),
  },
  worker: {
    format: "es",
    rolldownOptions: {
      output: { entryFileNames: "countersign-[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
  environments: Object.fromEntries(builds.map(({ name, options }) => [name, options])),
  builder: {
    async buildApp(builder) {
      for (const { name, out } of builds) {
        rmSync(join(dist, out), { recursive: true, force: true });
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
