import type { Schemas } from '@web/api/client';
import { applied, type Json, type Members, patchOf } from '@web/edit/patch';
import type { OfferedBranch } from '@web/modules';
import { type Choice, choiceName } from '@web/parts/choices';

type Company = Schemas['RegisterCompany'];
type Industry = Schemas['RegisterIndustry'];
type Branch = Schemas['RegisterBranch'];

/** The Nordic code systems. Each refines NACE, so that their first two digits mean the same. */
const nordic = /^(DB|SN|SNI|TOL|NACE)\s?(REV\.?\s?)?\d/i;

/** The last division of each section of NACE revision 2, which are the industries that a company begins with. */
const lastDivisions: [last: number, section: string][] = [
  [3, 'a'], [9, 'b'], [33, 'c'], [35, 'd'], [39, 'e'], [43, 'f'], [47, 'g'], [53, 'h'], [56, 'i'], [63, 'j'], [66, 'k'], [68, 'l'], [75, 'm'], [82, 'n'], [84, 'o'], [85, 'p'], [88, 'q'], [93, 'r'], [96, 's'], [98, 't'], [99, 'u'],
];

/** The company's own industry that a register's belongs to: by name, by code, or by its section; undefined = it has none for it. */
export function industryOf(industry: Industry | null, choices: readonly Choice[]): string | undefined {
  if (!industry) return undefined;
  const offered = choices.filter(choice => !choice.disabled);
  const same = offered.find(choice => choice.key === industry.code || [choice.name, choiceName(choice)].some(name => name.toLowerCase() === industry.text?.toLowerCase()));
  if (same) return same.key;
  const division = Number(/^\d\d/.exec(industry.code)?.[0] ?? 0);
  const section = division > 0 && nordic.test(industry.system ?? '') ? lastDivisions.find(([last]) => division <= last)?.[1] : undefined;
  return offered.find(choice => choice.key === section)?.key;
}

function address(from: Schemas['PostalAddress'] | null, at: string, country: string): [string, Json][] {
  if (!from) return [];
  return [
    [`${at}/street`, [from.careOf && `c/o ${from.careOf}`, from.street].filter(Boolean).join('\n') || null],
    [`${at}/postalCode`, from.postCode], [`${at}/city`, from.city], [`${at}/country`, from.country ?? country],
  ];
}

/** What a register tells, as members of a partner by pointer. What it does not tell is not among them. */
export function fieldsOf(company: Company, industries: readonly Choice[]): Record<string, Json> {
  const all: [string, Json][] = [
    ['/name', company.name], ['/organisationNumber', company.organisationNumber], ['/vatNumber', company.vatNumber], ['/legalForm', company.legalForm],
    ['/employees', company.employees], ['/industry', industryOf(company.industry, industries) ?? null], ['/phone', company.phone], ['/email', company.email], ['/website', company.website],
    ...address(company.visiting, '/addresses/visiting', company.country), ...address(company.postal, '/addresses/postal', company.country),
  ];
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** A place of business, as a partner under the firm. What the register does not tell of it is the firm's. */
export function branchOf(branch: Branch, country: string, industries: readonly Choice[]): OfferedBranch {
  const all: [string, Json][] = [
    ['/name', branch.name], ['/branchNumber', branch.number], ['/employees', branch.employees], ['/industry', industryOf(branch.industry, industries) ?? null], ['/phone', branch.phone], ['/email', branch.email],
    ...address(branch.address, '/addresses/visiting', country),
  ];
  return { fields: all.filter(([, value]) => value !== null).reduce<Members>((fields, [pointer, value]) => applied(fields, patchOf(pointer, value)), {}), isMain: branch.isMain };
}
