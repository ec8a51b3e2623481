import { language } from '@web/i18n';

/** What a plugin says in the user's language, or else in English, which every plugin has. */
export const inLanguage = <T>(byLanguage: Record<string, T>): T | undefined => byLanguage[language()] ?? byLanguage['en'] ?? Object.values(byLanguage)[0];
