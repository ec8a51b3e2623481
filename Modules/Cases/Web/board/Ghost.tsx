import { useDndContext } from '@dnd-kit/core';
import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Case, type Status, useStatuses } from '../cases';
import classes from './Board.module.css';
import { CardBody } from './Card';
import { probabilityWith } from './moves';

/** The card under the pointer, with the status and the probability that it would get. */
export function Ghost({ of: c, columns }: { of: Case; columns: Status[] }) {
  const { t } = useTranslation('cases');
  const { of, name } = useStatuses();
  const { over } = useDndContext();
  const to = columns.find(status => status.key === over?.id);
  const probability = to && to.key !== c.status.key ? probabilityWith(c, to, of(c.status.key)) : undefined;
  return (
    <div className={classes.card} data-ghost>
      <Text size="xs" c="dimmed" truncate>{c.partner.name}</Text>
      <CardBody of={c} title={<Text size="sm" fw={600}>{c.title}</Text>} />
      {to && to.key !== c.status.key && <Badge mt={6} radius="sm" tt="none" variant="filled">{probability === undefined ? name(to.key) : t('board.becomes', { status: name(to.key), probability })}</Badge>}
    </div>
  );
}
