import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// The arrows of the house: platform < contract < features < app; lib < design < features; features never import each other.
// Imports inside the project are relative, so a folder is recognised by its name in the path.
const into = (folders, message) => ({ regex: `^(\\.\\./)+(${folders.join('|')})/`, message });
const shell = { group: ['@tauri-apps/*'], message: 'Only platform talks to the shell.' };
const arrow = (files, patterns) => ({
  files: files.map((path) => `src/${path}/*.{ts,tsx}`),
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const arrows = [
  arrow(['lib/**'], [shell, into(['platform', 'contract', 'design', 'features', 'app'], 'lib knows nobody.')]),
  arrow(['design/**'], [shell, into(['platform', 'contract', 'features', 'app'], 'design knows only lib.'), { group: ['@tanstack/react-query', '@tanstack/react-router'], message: 'Primitives know neither queries nor routes.' }]),
  arrow(['platform/**'], [into(['contract', 'design', 'features', 'app', 'lib'], 'platform knows nobody.')]),
  arrow(['contract/**'], [shell, into(['design', 'features', 'app'], 'contract knows only platform and lib.')]),
  // From features/<name>/ a sibling feature is one step up; from a folder inside it, two.
  arrow(['features/*'], [shell, into(['platform', 'app'], 'A feature knows neither platform nor app.'), { regex: '^\\.\\./(?!\\.\\.)', message: 'A feature never imports another; share through design or lib.' }]),
  arrow(['features/*/*'], [shell, into(['platform', 'app'], 'A feature knows neither platform nor app.'), { regex: '^\\.\\./\\.\\./(?!\\.\\.)', message: 'A feature never imports another; share through design or lib.' }]),
  arrow(['app/**'], [shell]),
];

const onlyPlatform = {
  'no-restricted-globals': [
    'error',
    ...['fetch', 'XMLHttpRequest', 'EventSource', 'WebSocket'].map((name) => ({ name, message: 'Only platform talks to the network.' })),
  ],
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/contract/rpc.gen.ts'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      ...reactHooks.configs['recommended-latest'].rules,
      ...onlyPlatform,
      'no-restricted-syntax': [
        'error',
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text from a tenant is rendered as text only.' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A grid, a tree and a separator take keys although their tags are plain.
      'jsx-a11y/no-noninteractive-tabindex': 'off',
      'jsx-a11y/no-noninteractive-element-interactions': 'off',
      'jsx-a11y/no-autofocus': 'off',
      // Tabs and segments rove: the focus is on a child, never on the list around it.
      'jsx-a11y/interactive-supports-focus': 'off',
      // The virtualizer is known to change between renders; the grid reads it in render and nowhere else.
      'react-hooks/incompatible-library': 'off',
    },
  },
  ...arrows,
  { files: ['src/platform/**'], rules: { 'no-restricted-globals': 'off' } },
);
