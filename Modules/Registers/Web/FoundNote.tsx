import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBuildingBank, IconMailOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { day, moment } from '@web/parts/formats';
import { type Found, nameOf, type Register } from './registers';

/** Where the filled fields come from and when, and what of the firm somebody should know before selling to it. */
export function FoundNote({ found: { plugin, at, company, branches, branchesProblem }, registers, hasIndustry, speaksOfBranches }: { found: Found; registers: Register[]; hasIndustry: boolean; speaksOfBranches: boolean }) {
  const { t } = useTranslation('registers');
  const register = registers.find(r => r.plugin === plugin);
  const more = [
    company.employees === null && company.employeeRange && t('found.employees', { range: company.employeeRange }),
    !hasIndustry && company.industry && t('found.industry', { industry: [company.industry.text, company.industry.code].filter(Boolean).join(' ') }),
  ].filter(Boolean);
  return (
    <Stack gap="xs" role="status">
      {(company.ceasedOn !== null || company.trouble !== null) && (
        <Alert color="red" p="xs" icon={<IconAlertTriangle />} title={company.ceasedOn ? t('found.ceased', { name: company.name, day: day(company.ceasedOn) }) : t('found.trouble', { name: company.name })}>{company.trouble}</Alert>
      )}
      {company.noMarketing && <Alert color="yellow" p="xs" icon={<IconMailOff />} title={t('found.noMarketing')} />}
      <Alert color="gray" p="xs" icon={<IconBuildingBank />}>
        <Text size="sm">{t('found.from', { register: register ? nameOf(register) : plugin, when: moment(at) })}</Text>
        {speaksOfBranches && branches.length > 0 && <Text size="sm">{t('found.branches', { count: branches.length })}</Text>}
        {speaksOfBranches && branchesProblem !== null && <Text size="sm">{t('found.noBranches')}</Text>}
        {more.length > 0 && <Text size="sm">{t('found.more', { facts: more.join(', ') })}</Text>}
      </Alert>
    </Stack>
  );
}
