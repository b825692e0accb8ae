/** Builds the pages to dist/frontend: hashed names, no source maps, nothing inline (the CSP allows `script-src 'self'` only). */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, '..', 'dist', 'frontend'),
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    target: 'es2024',
    // From these on, light-dark() and nesting are the browser's own: tokens.css stays as it was written.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    // Vite counts bytes before compression. What a first load may weigh is measured by `npm run bench`.
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      output: {
        // Whatever chunk makes the first schema has read this one before, and with it that zod must not try eval.
        codeSplitting: { groups: [{ name: 'schemas', test: /node_modules\/zod\/|src\/app\/no-eval\.ts$/ }] },
      },
    },
  },
});
