import { Checkbox, Select, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Problem } from '@web/api/problem';
import { FigureInput } from '@web/edit/numbers';
import type { Form } from '@web/edit/useForm';
import { type Integration, isNeeded, type Setting, type Value } from './integrations';

export interface FieldProps { form: Form; integration: Integration; name: string; setting: Setting; label: string; help: string | null; error: unknown }

/** What a field of the form needs, whatever is in it. */
export function useField({ form, integration, name, setting, label, help, error }: FieldProps) {
  const { t } = useTranslation('integrations');
  const pointer = `/settings/${name}`;
  const said = form.error(pointer);
  const codes = error instanceof Problem ? error.codes[pointer] ?? [] : [];
  return {
    label, required: isNeeded(integration, name), ...(help ? { description: help } : {}),
    // The server says a broken rule in English; what the rule is stands in the schema.
    error: said && (codes.includes('integration.setting') ? ruleOf(setting, t) : said),
  };
}

function ruleOf({ type, format, enum: choices, minLength, maxLength, minimum = null, maximum = null }: Setting, t: TFunction): string {
  if (type === 'integer') return minimum !== null && maximum !== null ? t('integrations:rule.range', { minimum, maximum }) : minimum !== null ? t('integrations:rule.least', { minimum }) : maximum !== null ? t('integrations:rule.most', { maximum }) : t('integrations:rule.whole');
  if (format === 'uri') return t('integrations:rule.address');
  if (choices) return t('integrations:rule.choice');
  return minLength > 0 ? t('integrations:rule.between', { least: minLength, most: maxLength }) : t('integrations:rule.length', { most: maxLength });
}

/** One setting by its kind: text, web address, whole number, yes or no, or a choice. What is left empty is the plugin's default, which stands there greyed. */
export function SettingField(props: FieldProps) {
  const { t } = useTranslation('integrations');
  const { form, name, setting, label } = props;
  const field = useField(props);
  const pointer = `/settings/${name}`;
  // What the schema does not say is not in it.
  const usual = (setting.default ?? null) as Value;
  const value = form.value(pointer) as Value;
  const placeholder = usual === null ? '' : String(usual);
  if (setting.type === 'boolean') return <Checkbox {...field} size="sm" checked={(value ?? usual ?? false) === true} onChange={e => form.set(pointer, e.currentTarget.checked)} />;
  if (setting.type === 'integer') return <FigureInput {...field} allowDecimal={false} allowNegative={(setting.minimum ?? -1) < 0} placeholder={placeholder} styles={{ input: { maxWidth: 220 } }} value={value as number | null} onChange={number => form.set(pointer, number)} />;
  if (setting.enum) return <Select {...field} data={setting.enum} placeholder={placeholder} clearable clearButtonProps={{ 'aria-label': t('web:edit.clear', { field: label }) }} value={value as string | null} onChange={chosen => form.set(pointer, chosen)} />;
  return <TextInput {...field} autoComplete="off" placeholder={placeholder} {...(setting.format === 'uri' ? { type: 'url', inputMode: 'url' as const } : {})} value={form.text(pointer)} onChange={e => form.set(pointer, e.currentTarget.value)} />;
}
