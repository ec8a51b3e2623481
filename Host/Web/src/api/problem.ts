interface ProblemBody { code: string; detail: string; traceId: string; errors: Record<string, string[]> | null; codes: Record<string, string[]> | null }

/** A refusal or an outage as the server says it (RFC 9457); with status 0 the server could not be reached. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | undefined;
  /** By JSON pointer, such as /name. */
  readonly errors: Record<string, string[]>;
  /** The stable codes of the same errors. */
  readonly codes: Record<string, string[]>;

  constructor(status: number, body: Partial<ProblemBody> = {}) {
    super(body.detail ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? `http.${status}`;
    this.traceId = body.traceId;
    this.errors = body.errors ?? {};
    this.codes = body.codes ?? {};
  }

  /** What is wrong with one field of a form; undefined = nothing. */
  of(pointer: string): string | undefined {
    return this.errors[pointer]?.join(' ');
  }
}

export const isOffline = (error: unknown): boolean => error instanceof Problem && error.status === 0;
