import { Badge, Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChoices } from './partners';

const shown = 1;

/** Tags with +n for those that there is no room for; a click filters the list (R31). */
export function Tags({ tags, onTag }: { tags: string[]; onTag: (tag: string) => void }) {
  const { t } = useTranslation('partners');
  const { name } = useChoices('tags');
  const rest = tags.slice(shown);
  if (tags.some(tag => !name(tag))) return null;
  return (
    <Group gap={4} wrap="nowrap">
      {tags.slice(0, shown).map(tag => (
        <UnstyledButton key={tag} tabIndex={-1} onClick={() => onTag(tag)} aria-label={t('tag.filter', { tag: name(tag) })}>
          <Badge variant="default" radius="sm" tt="none" fw={500} style={{ cursor: 'pointer' }}>{name(tag)}</Badge>
        </UnstyledButton>
      ))}
      {rest.length > 0 && (
        <Text span size="xs" c="dimmed" title={rest.map(name).join(', ')}>+{rest.length}<VisuallyHidden>{t('tag.more', { tags: rest.map(name).join(', ') })}</VisuallyHidden></Text>
      )}
    </Group>
  );
}
