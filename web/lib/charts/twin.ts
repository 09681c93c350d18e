/** A chart's figures as a table. The first column holds the row heads. */
export interface Twin {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
