import { useInterval } from '@mantine/hooks';
import { useState } from 'react';

/** Draws again from time to time: what is told as ago grows old. */
export function useMinutes(): void {
  const [, tick] = useState(0);
  useInterval(() => tick(n => n + 1), 20_000, { autoInvoke: true });
}
