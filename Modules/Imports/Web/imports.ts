import { answer, api, type Schemas } from '@web/api/client';

export type Preview = Schemas['ImportPreview'];
export type Operation = Schemas['OperationView'];
/** Column's heading to the field that it fills; null = left out. */
export type Mapping = Record<string, string | null>;

const headBytes = 65_536;
const separators: Record<string, string> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

/** Sends the file itself; a dry run answers what would become of it. */
function send(company: string, file: File, mapping: Mapping | null, header: object, signal?: AbortSignal) {
  return answer(api.POST('/api/v1/{company}/imports', {
    params: { path: { company }, query: mapping ? { mapping: JSON.stringify(mapping) } : {}, header },
    headers: { 'Content-Type': 'text/csv' }, body: file as never, bodySerializer: (body: unknown) => body as File, signal: signal ?? null,
  }));
}

export const preview = async (company: string, file: File, mapping: Mapping | null, signal?: AbortSignal): Promise<Preview> => await send(company, file, mapping, { Prefer: 'dry-run' }, signal) as Preview;
export const start = async (company: string, file: File, mapping: Mapping | null, key: string): Promise<Operation> => await send(company, file, mapping, { 'Idempotency-Key': key }) as Operation;

/** The headings of a file, read as the server says that it is written. */
export async function headings(file: File, format: Preview['format']): Promise<string[]> {
  const text = new TextDecoder(format.encoding.toLowerCase()).decode(await file.slice(0, headBytes).arrayBuffer());
  const separator = separators[format.separator] ?? format.separator;
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (isQuoted && sign === '"' && text[at + 1] === '"') { cell += '"'; at++; }
    else if (sign === '"' && (isQuoted || cell.trim() === '')) isQuoted = !isQuoted;
    else if (!isQuoted && sign === separator) { cells.push(cell); cell = ''; }
    else if (!isQuoted && (sign === '\n' || sign === '\r')) break;
    else cell += sign;
  }
  const all = [...cells, cell].map(heading => heading.trim());
  return format.hasHeader ? all : all.map((_, i) => `${i + 1}`);
}
