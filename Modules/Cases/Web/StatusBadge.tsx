import { Badge } from '@mantine/core';
import { type Case, useStatuses } from './cases';

const colours = { open: 'blue', won: 'green', lost: 'gray' } as const;

/** The status in words; the colour only helps to find it. */
export function StatusBadge({ status }: { status: Case['status'] }) {
  const { of, name } = useStatuses();
  return <Badge variant="light" radius="sm" tt="none" fw={600} color={colours[status.kind]}>{of(status.key) ? name(status.key) : status.name}</Badge>;
}
