import { itSaysOfEach, type ProblemCase } from './problem-cases.ts';

const cases: readonly ProblemCase[] = [
  {
    name: 'both registries',
    file: { external_docker_registry: 'registry.example.org' },
    expected: [
      '6:27 error DPS2080 external_docker_registry and internal_docker_registry both configure an image registry; Domino takes exactly one. | 4:27',
    ],
  },
  {
    name: 'no registry',
    file: { internal_docker_registry: null },
    expected: [
      '1:1 error DPS2081 No image registry is configured: Domino needs internal_docker_registry or external_docker_registry.',
    ],
  },
  {
    name: 'no registry, both switched off',
    file: { internal_docker_registry: '{enabled: false}', external_docker_registry: 'null' },
    expected: [
      '4:37 error DPS2081 No image registry is configured: Domino needs internal_docker_registry or external_docker_registry. | 6:27',
    ],
  },
  {
    name: 'external registry',
    file: { internal_docker_registry: 'null', external_docker_registry: 'registry.example.org' },
    expected: [],
  },
  {
    name: 'internal registry by its switch',
    file: {
      internal_docker_registry: '{enabled: true, allowed_cidrs: 10.0.0.0/8}',
      external_docker_registry: 'null',
    },
    expected: [],
  },
];

describe('deploy: contradictions about security', () => {
  itSaysOfEach(cases);
});
