import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a section of the settings: what it is about, and at the right what can be added. */
export function SettingsHead({ title, about, children }: { title: string; about?: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="start" wrap="nowrap">
      <Stack gap={2}>
        <Title order={1} size="h3">{title}</Title>
        {about && <Text size="sm" c="dimmed" maw={640}>{about}</Text>}
      </Stack>
      <Group gap="xs" style={{ flex: 'none' }}>{children}</Group>
    </Group>
  );
}
