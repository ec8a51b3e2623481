// A client as somebody would write it over the generated types. It is compiled and never run: when the document says something that a client
// cannot use, or something that the program does not mean, this does not compile.
import type { components, operations, paths } from "../../artifacts/openapi/client";

type Schemas = components["schemas"];
type Partner = Schemas["PartnerView"];
type Problem = Schemas["ProblemView"];
type ListQuery = NonNullable<paths["/api/v1/{company}/partners"]["get"]["parameters"]["query"]>;

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export class Crm {
  constructor(
    private readonly server: string,
    private readonly company: string,
    private readonly key: string,
  ) {}

  async listPartners(query: ListQuery): Promise<Schemas["PageOfPartnerView"]> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) search.set(name, Array.isArray(value) ? value.join(",") : String(value));
    }
    return this.send("GET", `partners?${search}`);
  }

  createPartner(
    partner: operations["createPartner"]["requestBody"]["content"]["application/json"],
    idempotencyKey: string,
  ): Promise<operations["createPartner"]["responses"][201]["content"]["application/json"]> {
    return this.send("POST", "partners", partner, { "Idempotency-Key": idempotencyKey });
  }

  changePartner(number: number, change: Schemas["PartnerFields"], etag: string): Promise<Partner> {
    return this.send("PATCH", `partners/${number}`, change, { "If-Match": etag });
  }

  undo(number: number): Promise<operations["undoOperation"]["responses"][202]["content"]["application/json"]> {
    return this.send("POST", `operations/${number}/undo`);
  }

  private async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.server}/api/v1/${this.company}/${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.key}`, "Content-Type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Refused((await response.json()) as Problem);
    return (await response.json()) as T;
  }
}

export async function tour(crm: Crm): Promise<string[]> {
  const page = await crm.listPartners({ stage: ["active", "none"], "creditLimit.gte": 1000.5, sort: "-creditLimit,name", limit: 10, deleted: false });
  const made = await crm.createPartner({ name: "Nordvik Bygg AB", country: "SE", relations: ["customer"], creditLimit: { amount: 250000, currency: "SEK" } }, "key-1");
  const changed = await crm.changePartner(made.number, { stage: "lost", creditLimit: null, invoicing: { type: "emailPdf" } }, '"1"');

  // What may be null must be looked at first, and what may not is there.
  const limit: number = changed.creditLimit?.amount ?? 0;
  const stage: string | null = changed.stage === null ? null : changed.stage.key;
  const warnings: string[] = changed.warnings.map((warning) => warning.code);

  // @ts-expect-error An unknown member is refused, and the types say so.
  await crm.createPartner({ nmae: "Nordvik Bygg AB" }, "key-2");
  // @ts-expect-error Invoices are sent in one of three ways.
  await crm.changePartner(made.number, { invoicing: { type: "pigeon" } }, "*");
  // @ts-expect-error There is no such filter.
  await crm.listPartners({ colour: ["red"] });
  // @ts-expect-error A stage can be null.
  const key: string = changed.stage.key;

  const state: string = (await crm.undo(31)).state;
  return [...page.items.map((partner) => partner.name), String(limit), stage ?? "", key, state, page.next ?? "", ...warnings];
}
