import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = { sv: 'Svenska', da: 'Dansk', nb: 'Norsk', fi: 'Suomi', en: 'English' } as const;
export type Language = keyof typeof languages;

const kept = 'crm-language';
type Texts = { default: Record<string, unknown> };
const files = {
  ...import.meta.glob<Texts>('./texts/*.json'),
  ...import.meta.glob<Texts>('../../../Modules/*/Web/texts/*.json'),
};

export const language = (): Language => (i18next.language in languages ? i18next.language as Language : 'en');

/** The user's choice, else the browser's first language that there are texts for. All Norwegian is Bokmål here. */
function first(): Language {
  const wanted = [localStorage.getItem(kept) ?? '', ...navigator.languages].map(tag => tag.slice(0, 2).toLowerCase());
  const known = wanted.map(tag => (tag === 'no' || tag === 'nn' ? 'nb' : tag)).find(tag => tag in languages);
  return (known as Language | undefined) ?? 'en';
}

/** The shell's texts are the namespace web, a module's the module's folder in lower case. */
async function load(chosen: Language): Promise<void> {
  await Promise.all(Object.entries(files).filter(([path]) => path.endsWith(`/${chosen}.json`)).map(async ([path, read]) => {
    const namespace = /Modules\/(\w+)\//.exec(path)?.[1]?.toLowerCase() ?? 'web';
    i18next.addResourceBundle(chosen, namespace, (await read()).default);
  }));
}

export async function speak(chosen: Language): Promise<void> {
  await load(chosen);
  localStorage.setItem(kept, chosen);
  document.documentElement.lang = chosen;
  await i18next.changeLanguage(chosen);
}

export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({ lng: first(), fallbackLng: false, ns: ['web'], defaultNS: 'web', resources: {}, interpolation: { escapeValue: false }, keySeparator: false });
  await speak(first());
}
