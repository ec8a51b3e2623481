import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Language, language, languages, speak } from '@web/i18n';

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.language')}><IconLanguage size={20} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([tag, name]) => (
          <Menu.Item key={tag} lang={tag} aria-current={tag === language()} rightSection={tag === language() ? <IconCheck size={16} /> : null} onClick={() => void speak(tag as Language)}>{name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
