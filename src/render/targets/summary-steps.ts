/** The steps of the summary: what to apply, in which order, with the exact commands. */
import type { RenderInput } from '../types.ts';

export interface ApplyStep {
  title: string;
  text: string;
  commands: readonly string[];
}

export function applySteps(input: RenderInput): ApplyStep[] {
  const has = (id: string): boolean => input.targets.includes(id);
  const steps: ApplyStep[] = [];
  if (has('namespaces')) steps.push(...namespaceSteps(has('installer-overrides')));
  else if (has('installer-overrides')) steps.push(mergeStep('the switches that reduce privilege'));
  if (has('openshift-scc')) steps.push(sccStep(input));
  if (has('psp')) steps.push(pspStep());
  if (has('security-contexts')) steps.push(patchStep(input));
  if (input.options.psp) steps.push(...advice(input));
  return steps;
}

function mergeStep(what: string): ApplyStep {
  return {
    title: 'Merge installer/overrides.yaml into deploy.yaml',
    text: `It holds ${what}. The installer reads it; kubectl does not.`,
    commands: [],
  };
}

function namespaceSteps(overrides: boolean): ApplyStep[] {
  const first = mergeStep(
    "the namespaces' labels for a first install, and the switches that reduce privilege",
  );
  return [
    ...(overrides ? [first] : []),
    {
      title: 'Label the namespaces of an existing cluster',
      text: 'On a first install the installer creates the namespaces: then leave this step out. Running pods are not touched; the labels count when a pod is created.',
      commands: [`kubectl apply -f namespaces.yaml`],
    },
  ];
}

const FIRST_INSTALL =
  'The namespaces must exist: on a first install apply it as soon as the installer has created them; controllers try again to create the pods that were refused until then.';

function sccStep({ options }: RenderInput): ApplyStep {
  return {
    title: 'Bind the SCCs',
    text: `${FIRST_INSTALL} Afterwards these commands tell whether a service account of the namespace may use each SCC.`,
    commands: [
      `kubectl apply -f openshift-scc.yaml`,
      ...['anyuid', 'privileged'].map(
        (scc) =>
          `kubectl auth can-i use securitycontextconstraints.security.openshift.io/${scc} --namespace ${options.namespaces.platform.name} --as system:serviceaccount:${options.namespaces.platform.name}:default --as-group system:serviceaccounts:${options.namespaces.platform.name}`,
      ),
    ],
  };
}

function pspStep(): ApplyStep {
  return {
    title: 'Apply the blanket PodSecurityPolicy',
    text: `${FIRST_INSTALL} A policy that changes nothing in a pod is chosen before those that do, so it also stands over stricter policies that would.`,
    commands: [`kubectl apply -f psp.yaml`],
  };
}

function patchStep({ against }: RenderInput): ApplyStep {
  const known =
    'The patches were written from what is known of the upstream charts. Run generate again with --against and the rendered charts to get patches for exactly what they hold.';
  return {
    title: 'Put the securityContext patches over the rendered charts',
    text: `${against === undefined ? known : 'The patches fit the manifests that --against named.'} Make an overlay whose kustomization.yaml has the manifests under resources and this folder's patches/ under components.`,
    commands: ['kubectl kustomize OVERLAY | kubectl apply -f -'],
  };
}

/** What a cluster before 1.25 with PodSecurityPolicies has ahead of it (T19). */
function advice({ options }: RenderInput): ApplyStep[] {
  const minor = options.kubernetes?.minor ?? 0;
  const labels =
    minor >= 23
      ? [`kubectl apply -f namespaces.yaml`]
      : [
          'domino-podsec generate DEPLOY_YAML --kubernetes-version 1.24 --target namespaces --output .',
          'kubectl apply -f namespaces.yaml',
        ];
  const steps: ApplyStep[] = [
    {
      title: 'Later, before the upgrade from 1.24 to 1.25',
      text: 'The order matters: first the labels (Pod Security Admission is on from 1.23), then remove the PodSecurityPolicy objects while still on 1.24, then upgrade. A Helm release that still holds policy/v1beta1 on 1.25 can be neither upgraded nor removed.',
      commands: [...labels, `kubectl delete -f psp.yaml`],
    },
  ];
  if (options.dedicatedCluster) {
    steps.push({
      title: 'Consider turning PodSecurityPolicies off',
      text: 'Domino is alone on this cluster, so a policy that refuses nothing protects nothing; the admission plugin can be switched off instead.',
      commands: [],
    });
  }
  if (options.platform === 'eks') {
    steps.push({
      title: 'EKS may need no policy of ours',
      text: 'EKS ships the policy eks.privileged, bound to all authenticated users. While that binding is in place the blanket policy is needless.',
      commands: ['kubectl get podsecuritypolicy eks.privileged'],
    });
  }
  return steps;
}
