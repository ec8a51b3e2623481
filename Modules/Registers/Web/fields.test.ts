import { expect, it } from 'vitest';
import { branchOf, fieldsOf, industryOf } from './fields';

const choice = (key: string, name: string, disabled = false) => ({ key, name, names: {}, disabled });
const choices = [choice('f', 'Construction'), choice('j', 'Information and communication'), choice('k', 'Finance', true), choice('wind', 'Wind power')];
const company = {
  organisationNumber: '999999018', name: 'FJORDHEIM BYGG AS', country: 'NO', vatNumber: null, isVatRegistered: null, legalForm: 'Aksjeselskap', visiting: { street: 'Strandgaten 4', careOf: 'Ola Vik', postCode: '5013', city: 'BERGEN', country: null },
  postal: null, industry: { system: 'SN2025', code: '41.000', text: 'Oppføring av bygninger' }, employees: 0, employeeRange: null, phone: null, email: null, website: null, noMarketing: null, registeredOn: null, ceasedOn: null, trouble: null,
};

it('What a register tells fills the members, and what it does not tell touches none', () => {
  expect(fieldsOf(company, choices)).toEqual({
    '/name': 'FJORDHEIM BYGG AS', '/organisationNumber': '999999018', '/legalForm': 'Aksjeselskap', '/employees': 0, '/industry': 'f',
    '/addresses/visiting/street': 'c/o Ola Vik\nStrandgaten 4', '/addresses/visiting/postalCode': '5013', '/addresses/visiting/city': 'BERGEN', '/addresses/visiting/country': 'NO',
  });
});

it('An industry is found by name, by code or by its section, among those that are offered', () => {
  expect(industryOf({ system: null, code: '35.110', text: 'wind power' }, choices)).toBe('wind');
  expect(industryOf({ system: 'DB25', code: '620100', text: null }, choices)).toBe('j');
  expect(industryOf({ system: 'DB25', code: '641100', text: null }, choices)).toBeUndefined();
  expect(industryOf({ system: 'SIC', code: '4100', text: null }, choices)).toBeUndefined();
  expect(industryOf(null, choices)).toBeUndefined();
});

it('A branch is a partner with the members that the register tells, and no others', () => {
  const branch = { number: '999999409', name: 'FJORDHEIM BYGG AS AVD FLORØ', address: { street: 'Strandavegen 3', careOf: null, postCode: '6900', city: 'FLORØ', country: null }, industry: { system: 'SN2025', code: '41.000', text: null }, employees: 0, phone: null, email: null, isMain: true };
  expect(branchOf(branch, 'NO', choices)).toEqual({
    isMain: true,
    fields: { name: 'FJORDHEIM BYGG AS AVD FLORØ', branchNumber: '999999409', employees: 0, industry: 'f', addresses: { visiting: { street: 'Strandavegen 3', postalCode: '6900', city: 'FLORØ', country: 'NO' } } },
  });
  expect(branchOf({ ...branch, address: null, industry: null, employees: null, isMain: false }, 'NO', choices)).toEqual({ isMain: false, fields: { name: 'FJORDHEIM BYGG AS AVD FLORØ', branchNumber: '999999409' } });
});
