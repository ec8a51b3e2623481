import { Badge } from '@mantine/core';
import { useChoices } from './partners';

const colours: Record<string, string> = { active: 'green', potential: 'blue', prospect: 'violet', lost: 'red', inactive: 'gray' };

/** The stage in words; the colour only helps to find it. */
export function Stage({ stage }: { stage: { key: string } | null | undefined }) {
  const { name } = useChoices('stages');
  const word = stage && name(stage.key);
  if (!word) return null;
  return <Badge variant="light" radius="sm" tt="none" fw={600} maw="100%" style={{ flex: 'none' }} color={colours[stage.key] ?? 'teal'}>{word}</Badge>;
}
