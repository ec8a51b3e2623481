import { Group, Text } from '@mantine/core';
import icon from './mark.svg';

export function Mark() {
  return <Group gap={8} wrap="nowrap"><img src={icon} width={26} height={26} alt="" /><Text fw={700} size="lg">CRM</Text></Group>;
}
