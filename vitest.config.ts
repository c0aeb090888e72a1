import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{node,www,tests,adapters,examples}/**/*.test.ts"],
    globalSetup: "node/testing/compile.ts",
    benchmark: { include: ["adapters/**/*.bench.ts"] },
    testTimeout: 30_000,
    pool: "forks",
  },
});
