/** Shell completion scripts, written out in full: no call of the program at every press of Tab. */

export interface CompletionFlag {
  /** Without dashes. */
  name: string;
  describe: string;
  /** Values that it takes, where they are known. */
  values: readonly string[];
  /** False for a switch without a value. */
  takesValue: boolean;
}

export interface CompletionCommand {
  name: string;
  describe: string;
  flags: readonly CompletionFlag[];
  /** Words for its positional arguments; empty: files. */
  words: readonly string[];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const PROGRAM = 'domino-podsec';

export function completionScript(shell: Shell, commands: readonly CompletionCommand[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      // zsh runs the bash function; its own description language would say the same again.
      return `#compdef ${PROGRAM}\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case 'fish':
      return fish(commands);
  }
}

function bash(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(bashCase).join('\n');
  return `_domino_podsec() {
  local current previous command word
  current="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  command=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) command="$word"; break ;; esac
  done
  case "$command" in
    '')
      COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
      ;;
${cases}
  esac
}
complete -o default -F _domino_podsec ${PROGRAM}
`;
}

function bashCase({ name, flags, words }: CompletionCommand): string {
  const valued = flags.filter(({ values }) => values.length > 0);
  const values = valued.map(
    (flag) =>
      `        --${flag.name}) COMPREPLY=($(compgen -W '${flag.values.join(' ')}' -- "$current")); return ;;\n`,
  );
  const open = flags
    .filter((flag) => flag.takesValue && flag.values.length === 0)
    .map((flag) => `--${flag.name}`);
  const files = open.length === 0 ? '' : `        ${open.join('|')}) return ;;\n`;
  const choice =
    values.length === 0 && files === ''
      ? ''
      : `      case "$previous" in\n${values.join('')}${files}      esac\n`;
  const all = [...flags.map((flag) => `--${flag.name}`), '--help'].join(' ');
  const positional =
    words.length === 0
      ? ''
      : `      COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current")); return\n`;
  return `    ${name})
${choice}      case "$current" in
        -*) COMPREPLY=($(compgen -W '${all}' -- "$current")); return ;;
      esac
${positional}      ;;`;
}

function fish(commands: readonly CompletionCommand[]): string {
  const lines = [
    `complete -c ${PROGRAM} -n __fish_use_subcommand -l help`,
    `complete -c ${PROGRAM} -n __fish_use_subcommand -l version`,
  ];
  for (const { name, describe, flags, words } of commands) {
    lines.push(
      `complete -c ${PROGRAM} -f -n __fish_use_subcommand -a ${name} -d ${quoted(describe)}`,
    );
    const seen = `-n '__fish_seen_subcommand_from ${name}'`;
    for (const flag of flags) {
      const value = flag.takesValue ? ' -r' : '';
      const values = flag.values.length === 0 ? '' : ` -f -a ${quoted(flag.values.join(' '))}`;
      lines.push(
        `complete -c ${PROGRAM} ${seen} -l ${flag.name}${value}${values} -d ${quoted(flag.describe)}`,
      );
    }
    if (words.length > 0) {
      lines.push(`complete -c ${PROGRAM} -f ${seen} -a ${quoted(words.join(' '))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A word for fish, where only the quote and the backslash are special inside single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
