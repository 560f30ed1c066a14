/** Builds the styles and scripts into dist/, which is committed: a rebuild anywhere gives the same bytes. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import logical from "./config/logical.js";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  root: here,
  base: "./", // addresses inside the sheets are relative, so STATIC_URL may be anything
  publicDir: "public",
  css: { postcss: { plugins: [logical()] } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0, // a font or a picture is never put into a sheet
    cssMinify: "esbuild", // the default minifier stumbles over govuk-frontend
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: {
        heard: "styles/heard.scss",
        desk: "styles/desk.css",
        talk: "styles/talk.css",
        "heard-js": "scripts/heard.js",
        "desk-js": "scripts/desk.js",
        "account-js": "scripts/account.js",
      },
      output: {
        // Twelve hexadecimal figures: what web servers take for a name that never changes its content.
        hashCharacters: "hex",
        entryFileNames: (chunk) => `assets/${chunk.name.replace(/-js$/, "")}.[hash:12].js`,
        chunkFileNames: "assets/[name].[hash:12].js",
        assetFileNames: "assets/[name].[hash:12][extname]",
      },
    },
  },
});
