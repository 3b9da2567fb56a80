/** The flags that decide on colour: `--color` is true, `--no-color` is false, neither is absent. */
export interface ColorFlags {
  readonly color?: boolean | undefined;
}

/**
 * Whether output is coloured: the flag, then NO_COLOR (https://no-color.org: any value but empty),
 * then FORCE_COLOR (`0` and `false` turn it off), then whether it goes to a terminal that is not
 * `dumb`. Decided once a stream and passed on as a boolean.
 */
export function wantsColor(
  flags: ColorFlags,
  env: (name: string) => string | undefined,
  isTerminal: boolean,
): boolean {
  if (flags.color !== undefined) return flags.color;
  if ((env('NO_COLOR') ?? '') !== '') return false;
  const forced = env('FORCE_COLOR');
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal && env('TERM') !== 'dumb';
}

const NARROWEST = 40;
const WIDEST = 120;

/**
 * Columns to wrap text at: the terminal's, between 40 and 120 (longer lines read badly); Infinity
 * where there is no terminal, since files and pipes are for searching, line by line.
 */
export function textWidth(columns: number, isTerminal: boolean): number {
  return isTerminal ? Math.min(Math.max(columns, NARROWEST), WIDEST) : Infinity;
}
