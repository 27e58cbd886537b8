import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { readdirSync } from 'node:fs';

// The arrows of the house: platform < contract < features < app; lib < design < features; features never import each other.
const src = (folder) => `./src/${folder}`;
const features = readdirSync('./src/features', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const zones = [
  { target: src('lib'), from: ['platform', 'contract', 'design', 'features', 'app'].map(src) },
  { target: src('design'), from: ['platform', 'contract', 'features', 'app'].map(src) },
  { target: src('platform'), from: ['contract', 'design', 'features', 'app', 'lib'].map(src) },
  { target: src('contract'), from: ['design', 'features', 'app'].map(src) },
  { target: src('features'), from: [src('app'), src('platform')] },
  ...features.map((name) => ({
    target: src(`features/${name}`),
    from: src('features'),
    except: [`./${name}`],
    message: 'A feature never imports another; share through design or lib.',
  })),
];

const onlyPlatform = {
  'no-restricted-imports': ['error', { patterns: [{ group: ['@tauri-apps/*'], message: 'Only platform talks to the shell.' }] }],
  'no-restricted-globals': [
    'error',
    { name: 'fetch', message: 'Only platform talks to the network.' },
    { name: 'XMLHttpRequest', message: 'Only platform talks to the network.' },
    { name: 'EventSource', message: 'Only platform talks to the network.' },
    { name: 'WebSocket', message: 'Only platform talks to the network.' },
  ],
};

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/contract/rpc.gen.ts'] },
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.css'] })] },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      ...reactHooks.configs['recommended-latest'].rules,
      ...onlyPlatform,
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
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
  { files: ['src/platform/**'], rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' } },
);
