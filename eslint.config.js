// The layers of src/ and the habits of the project, as rules that fail the build.
import n from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';

/** Folder -> what its files may not import. Pure folders may not reach the outside world at all. */
const PURE = [
  'reference',
  'init',
  'yaml',
  'deploy',
  'catalog',
  'security',
  'render',
  'workloads',
  'audit',
  'admission',
  'patch',
  'report',
  'codes',
  'text',
];
const OUTSIDE = [
  'fs',
  'child_process',
  'process',
  'os',
  'net',
  'http',
  'https',
  'worker_threads',
  'tty',
  'readline',
].map((name) => ({
  group: [`node:${name}`, `node:${name}/*`],
  message: 'Pure folders do no I/O; go through src/io.',
}));
const LAYERS = {
  codes: ['../*/**'],
  yaml: [
    '**/deploy/**',
    '**/catalog/**',
    '**/security/**',
    '**/render/**',
    '**/audit/**',
    '**/report/**',
    '**/cli/**',
    '**/io/**',
    '**/workloads/**',
    '**/patch/**',
    '**/admission/**',
    'zod*',
    'handlebars*',
  ],
  deploy: [
    '**/catalog/*',
    '!**/catalog/types.ts',
    '**/security/**',
    '**/render/**',
    '**/audit/**',
    '**/report/**',
    '**/cli/**',
    '**/io/**',
    '**/workloads/**',
    '**/patch/**',
    '**/admission/**',
    'handlebars*',
  ],
  security: [
    'zod*',
    'handlebars*',
    'js-yaml',
    '**/render/**',
    '**/audit/**',
    '**/report/**',
    '**/cli/**',
    '**/io/**',
    '**/patch/**',
    '**/admission/**',
  ],
  render: ['**/audit/**', '**/report/**', '**/cli/**', '**/io/**', 'zod*'],
  workloads: [
    '**/deploy/**',
    '**/catalog/**',
    '**/security/**',
    '**/render/**',
    '**/audit/**',
    '**/report/**',
    '**/cli/**',
    '**/patch/**',
    '**/admission/**',
    'zod*',
    'handlebars*',
  ],
  admission: [
    '**/deploy/**',
    '**/catalog/**',
    '**/render/**',
    '**/audit/**',
    '**/report/**',
    '**/cli/**',
    '**/io/**',
    '**/patch/**',
    'zod*',
    'handlebars*',
  ],
  audit: ['**/render/**', '**/cli/**', '**/patch/**', 'zod*', 'handlebars*'],
  patch: ['**/render/**', '**/audit/**', '**/cli/**', 'zod*', 'handlebars*'],
  report: [
    '**/deploy/**',
    '**/catalog/**',
    '**/security/**',
    '**/render/**',
    '**/audit/**',
    '**/cli/**',
    '**/io/**',
    '**/patch/**',
    '**/admission/**',
    'zod*',
    'handlebars*',
    'js-yaml',
  ],
  io: [
    '**/deploy/**',
    '**/catalog/**',
    '**/security/**',
    '**/render/**',
    '**/audit/**',
    '**/report/**',
    '**/cli/**',
    '**/patch/**',
    '**/admission/**',
    'zod*',
    'handlebars*',
  ],
};

export default tseslint.config(
  // AssemblyScript has types of its own, and its compiler checks them.
  {
    ignores: [
      'dist',
      'node_modules',
      '.cache',
      '**/*.cjs',
      'dist.tmp-*',
      'src/workloads/sieve/assembly',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { n },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'n/prefer-node-protocol': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      complexity: ['error', 14],
      'max-depth': ['error', 4],
      'max-lines': ['error', { max: 300 }],
      'max-params': ['error', 5],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/io/**', 'src/bin.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'fetch'],
      'n/no-process-exit': 'error',
    },
  },
  ...PURE.map((folder) => ({
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...OUTSIDE,
            ...(LAYERS[folder]
              ? [
                  {
                    group: LAYERS[folder],
                    message: `src/${folder} may not import this; see "Who may import whom" in CONTRIBUTING.md.`,
                  },
                ]
              : []),
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'MemberExpression[object.name="Date"][property.name="now"], MemberExpression[object.name="Math"][property.name="random"], NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Pure folders have no clock and no chance.',
        },
      ],
    },
  })),
  {
    files: ['src/io/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: LAYERS.io, message: 'src/io knows nothing of the domain.' }] },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
