import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;
const repository = resolve(here, '../..');
const modules = join(repository, 'Modules');

/** The modules' folders have no packages of their own: what their pages import is what is installed here. */
function packagesForModules(): Plugin {
  return {
    name: 'packages-for-modules',
    enforce: 'pre',
    resolveId(source, importer) {
      const isPackage = !source.startsWith('.') && !source.startsWith('/') && !source.startsWith('@web/') && !source.startsWith('\0');
      return isPackage && importer?.startsWith(modules) ? this.resolve(source, join(here, 'src/main.tsx'), { skipSelf: true }) : null;
    },
  };
}

/** Beside each file its compressed forms, so that the server compresses nothing. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) { folder = config.build.outDir; },
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
        const file = join(entry.parentPath, entry.name);
        const bytes = readFileSync(file);
        if (bytes.length < 1000) continue;
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

interface Modules { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }

const onFirstPage = new Set<string>();

/**
 * Whether the shell or the overview imports a module of ours, and not only when it is asked for. What these use of packages goes with them; what a
 * package's index could give beyond that does not.
 */
function isOnFirstPage(id: string, all: Modules): boolean {
  const take = (module: string): void => {
    if (onFirstPage.has(module) || module.includes('/node_modules/')) return;
    onFirstPage.add(module);
    for (const imported of all.getModuleInfo(module)?.importedIds ?? []) take(imported);
  };
  for (const first of [join(here, 'src/main.tsx'), join(modules, 'Partners/Web/OverviewPage.tsx')]) take(first);
  return onFirstPage.has(id);
}

export default defineConfig({
  root: here,
  plugins: [packagesForModules(), react(), compressed()],
  resolve: { alias: { '@web': join(here, 'src') } },
  cacheDir: join(repository, 'artifacts/web/cache'),
  build: {
    outDir: join(repository, 'artifacts/web/pages'),
    emptyOutDir: true,
    // Which file needs which: a test adds up what the first page needs.
    manifest: true,
    target: 'es2022',
    // These know light-dark(); its replacement for older ones does not work with Mantine's colour schemes.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // An image inside a script or a style would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // One file of texts for each language, however many modules there are.
        // And one of what the first page needs: in small pieces it would be a hundred requests, and compress worse.
        codeSplitting: {
          groups: [
            { debugName: 'texts', test: /texts[\\/]\w+\.json$/, name: (id: string) => `texts-${/(\w+)\.json$/.exec(id)?.[1] ?? ''}` },
            { debugName: 'first', name: (id: string, all: Modules) => (isOnFirstPage(id, all) ? 'first' : null) },
            // What many of the other pages and dialogs have in common comes with the first of them.
            { debugName: 'common', name: 'common', minShareCount: 4 },
          ],
        },
      },
      onwarn(warning, warn) { if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning); },
    },
  },
  test: { include: ['src/**/*.test.ts', '../../Modules/*/Web/**/*.test.ts'] },
  server: { proxy: { '/api': process.env.CRM_URL ?? 'http://127.0.0.1:5000' }, fs: { allow: [repository] } },
});
