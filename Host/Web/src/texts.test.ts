import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const languages = ['sv', 'da', 'nb', 'fi', 'en'];
const web = resolve(import.meta.dirname, '..');
const modules = resolve(web, '../../Modules');
const plural = /_(one|other)$/;

/** Texts by namespace: the shell's, and those of each module with pages. */
const homes = Object.fromEntries([['web', join(web, 'src')], ...readFolders().map(name => [name.toLowerCase(), join(modules, name, 'Web')])] as [string, string][]);

function readFolders(): string[] {
  return readdirSync(modules).filter(name => existsSync(join(modules, name, 'Web/module.tsx')));
}

function code(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /(?<!\.test)\.tsx?$/.test(file)).map(file => readFileSync(join(folder, file), 'utf8')).join('\n');
}

function texts(namespace: string, language: string): Record<string, string> {
  const file = join(homes[namespace]!, 'texts', `${language}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Record<string, string> : {};
}

const namespaces = Object.keys(homes);
const all = Object.fromEntries(namespaces.map(n => [n, code(homes[n]!)]));

/** Keys that the code asks for: t('key') of its own namespace, 'namespace:key' of any, and `prefix.${…}` of either. */
function asked(): { keys: Set<string>; prefixes: Set<string> } {
  const keys = new Set<string>();
  const prefixes = new Set<string>();
  for (const namespace of namespaces) {
    const full = (key: string) => (key.includes(':') ? key : `${namespace}:${key}`);
    for (const [, key] of all[namespace]!.matchAll(/\bt\(\s*'([^']+)'/g)) keys.add(full(key!));
    for (const [, a, b] of all[namespace]!.matchAll(/\bt\([^'`()]*\? '([\w.:]+)' : '([\w.:]+)'/g)) keys.add(full(a!)).add(full(b!));
    for (const [, prefix] of all[namespace]!.matchAll(/`([\w.:]+\.)\$\{/g)) prefixes.add(full(prefix!));
    // Rights, such as imports:write, look alike.
    for (const known of namespaces) for (const [, key] of all[namespace]!.matchAll(new RegExp(`'(${known}:(?!(?:read|write)')[\\w.]+)'`, 'g'))) keys.add(key!);
  }
  return { keys, prefixes };
}

describe.each(namespaces)('Texts of %s', namespace => {
  const { keys, prefixes } = asked();
  const bare = (language: string) => new Set(Object.keys(texts(namespace, language)).map(key => key.replace(plural, '')));

  it('are the same keys in every language', () => {
    for (const language of languages) expect(Object.keys(texts(namespace, language)).sort(), language).toEqual(Object.keys(texts(namespace, 'en')).sort());
  });

  it('are all there, and none is empty', () => {
    const known = bare('en');
    expect([...keys].filter(key => key.startsWith(`${namespace}:`) && !known.has(key.slice(namespace.length + 1)))).toEqual([]);
    for (const language of languages) expect(Object.entries(texts(namespace, language)).filter(([, text]) => text.trim() === ''), language).toEqual([]);
  });

  it('have the same places for values in every language', () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const language of languages) for (const [key, text] of Object.entries(texts(namespace, language))) expect(places(text), `${language} ${key}`).toEqual(places(texts(namespace, 'en')[key] ?? ''));
  });

  it('are all used', () => {
    const literals = (key: string) => all[namespace]!.includes(`'${key}'`);
    const isUsed = (key: string) => keys.has(`${namespace}:${key}`) || [...prefixes].some(prefix => `${namespace}:${key}`.startsWith(prefix)) || literals(key);
    expect([...bare('en')].filter(key => !isUsed(key))).toEqual([]);
  });
});
