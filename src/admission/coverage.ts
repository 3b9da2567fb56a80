/** Binding coverage: which grants the pods of the input use, which nobody uses, which are wider than needed. */
import { serviceAccountUser } from './scc/rbac.ts';

/** A grant of SCCs or of PodSecurityPolicies. */
export interface CoveredGrant {
  readonly namespace: string | null;
  readonly subjects: readonly string[];
  readonly policies: '*' | readonly string[];
  readonly source: string;
}

/** A judged pod, as far as its service account is concerned. */
interface CoveredPod {
  readonly namespace: string;
  readonly account: string;
  /** By the SCCs or PSPs that it may use. */
  readonly refused: boolean;
  /** The policy that was used through the service account. */
  readonly policy: string | null;
}

interface GrantUse {
  readonly grant: CoveredGrant;
  readonly pods: number;
  readonly accounts: number;
  /** What could be narrower, in words; empty when nothing. */
  readonly remarks: readonly string[];
}

interface AccountUse {
  readonly namespace: string;
  readonly account: string;
  readonly pods: number;
  readonly refused: number;
  readonly policies: readonly string[];
}

export interface Coverage {
  add: (pod: CoveredPod) => void;
  grants: () => readonly GrantUse[];
  /** Service accounts of pods that are refused: used, but not bound to what they need. */
  unbound: () => readonly AccountUse[];
  /** Service accounts that are bound by name and that no pod uses. */
  unused: () => readonly string[];
}

interface Use {
  pods: number;
  readonly accounts: Set<string>;
  readonly namespaces: Set<string>;
  readonly policies: Set<string>;
}

function identities(namespace: string, account: string): Set<string> {
  const who = serviceAccountUser(namespace, account);
  return new Set([`user:${who.name}`, ...who.groups.map((group) => `group:${group}`)]);
}

function remarksOf({ policies, namespace, subjects }: CoveredGrant, use: Use): string[] {
  if (use.pods === 0) return ['no pod of the input uses it'];
  const remarks: string[] = [];
  if (policies === '*') {
    remarks.push(`grants every policy, also later ones; used: ${[...use.policies].join(', ')}`);
  } else {
    const idle = policies.filter((name) => !use.policies.has(name));
    if (idle.length > 0) remarks.push(`not used: ${idle.join(', ')}`);
  }
  if (namespace === null) {
    const names = [...use.namespaces].sort().join(', ');
    remarks.push(`holds in every namespace; a RoleBinding in ${names} would do`);
  }
  const group = subjects.find((subject) => subject.startsWith('group:'));
  if (group !== undefined) {
    const count = use.accounts.size;
    remarks.push(
      `covers all of ${group.slice('group:'.length)}, future pods too; ${count} service ${count === 1 ? 'account uses' : 'accounts use'} it`,
    );
  }
  return remarks;
}

/** Counts by grant and by service account: memory grows with those, not with the pods. */
export function coverage(grants: readonly CoveredGrant[]): Coverage {
  const uses = grants.map((): Use => ({
    pods: 0,
    accounts: new Set(),
    namespaces: new Set(),
    policies: new Set(),
  }));
  const through = new Map<string, readonly number[]>();
  const accounts = new Map<
    string,
    AccountUse & { pods: number; refused: number; policies: string[] }
  >();
  const grantsFor = ({ namespace, account, policy }: CoveredPod): readonly number[] => {
    const key = JSON.stringify([namespace, account, policy]);
    let found = through.get(key);
    if (found !== undefined) return found;
    const who = identities(namespace, account);
    found = grants.flatMap((grant, index) => {
      const here = grant.namespace === null || grant.namespace === namespace;
      const names = grant.policies === '*' || (policy !== null && grant.policies.includes(policy));
      return here && names && grant.subjects.some((subject) => who.has(subject)) ? [index] : [];
    });
    through.set(key, found);
    return found;
  };
  const accountOf = ({ namespace, account }: CoveredPod) => {
    const key = `${namespace}/${account}`;
    let found = accounts.get(key);
    if (found === undefined) {
      found = { namespace, account, pods: 0, refused: 0, policies: [] };
      accounts.set(key, found);
    }
    return found;
  };
  return {
    add(pod) {
      const account = accountOf(pod);
      account.pods++;
      if (pod.refused) account.refused++;
      if (pod.policy === null) return;
      if (!account.policies.includes(pod.policy)) account.policies.push(pod.policy);
      for (const index of grantsFor(pod)) {
        const use = uses[index];
        if (use === undefined) continue;
        use.pods++;
        use.accounts.add(`${pod.namespace}/${pod.account}`);
        use.namespaces.add(pod.namespace);
        use.policies.add(pod.policy);
      }
    },
    grants: () =>
      grants.map((grant, index) => {
        const use = uses[index];
        if (use === undefined) return { grant, pods: 0, accounts: 0, remarks: [] };
        return {
          grant,
          pods: use.pods,
          accounts: use.accounts.size,
          remarks: remarksOf(grant, use),
        };
      }),
    unbound: () => [...accounts.values()].filter(({ refused }) => refused > 0),
    unused: () => [
      ...new Set(
        grants.flatMap(({ subjects }) =>
          subjects.flatMap((subject) => {
            const name = /^user:system:serviceaccount:([^:]+):(.+)$/.exec(subject);
            const key = name === null ? undefined : `${name[1] ?? ''}/${name[2] ?? ''}`;
            return key === undefined || accounts.has(key) ? [] : [key];
          }),
        ),
      ),
    ],
  };
}
