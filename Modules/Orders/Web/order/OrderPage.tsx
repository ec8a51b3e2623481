import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useUndoKey } from '@web/operations/undo';
import { ProblemPanel } from '@web/parts/ProblemText';
import { useCompany, useMayWrite } from '@web/session/session';
import { CreditWarning } from '../CreditWarning';
import { fixedBy, type Order, orderQuery } from '../orders';
import { Customer } from './Customer';
import { Decisions } from './Decisions';
import { Details } from './Details';
import { Head } from './Head';
import classes from './Order.module.css';
import { OrderLines } from './OrderLines';
import { Timeline } from './Timeline';

/** /{company}/orders/{number} */
export default function OrderPage() {
  const company = useCompany();
  const number = Number((useParams({ strict: false }) as { number?: string }).number);
  const { data: order, error, refetch } = useQuery(orderQuery(company, number));
  useUndoKey();
  if (error && !order) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (!order) return <Stack p="md"><Skeleton height={28} width="40%" /><Skeleton height={60} /><Skeleton height={320} /></Stack>;
  return <Opened key={number} order={order} />;
}

function Opened({ order }: { order: Order }) {
  const mayChange = useMayWrite() && fixedBy(order) === null;
  return (
    <Stack p="md" gap="md" maw={1400}>
      <Head order={order} />
      {order.warnings[0] && <CreditWarning warning={order.warnings[0]} partner={order.partner.number} isSaved />}
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          <OrderLines order={order} mayChange={mayChange} />
          <Details order={order} mayChange={mayChange} />
        </Stack>
        <Stack gap="md" miw={0}>
          <Customer order={order} />
          <Decisions order={order} />
          <Timeline number={order.number} />
        </Stack>
      </div>
    </Stack>
  );
}
