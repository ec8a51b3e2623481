import { Box, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LanguageSwitch } from '@web/shell/LanguageSwitch';
import { SchemeSwitch } from '@web/shell/SchemeSwitch';
import { Mark } from '@web/shell/Mark';
import classes from './Doorway.module.css';

/** A page outside the companies: one card in the middle. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box className={classes.page}>
      <main className={classes.card}>
        <Group justify="center" mb="lg"><Mark /></Group>
        <Paper withBorder shadow="sm" radius="md" p="xl">
          <Title order={1} size="h3" mb="md">{title}</Title>
          {children}
        </Paper>
        <Group justify="center" mt="md" gap="xs"><LanguageSwitch /><SchemeSwitch /></Group>
      </main>
    </Box>
  );
}
