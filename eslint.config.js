import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import path from 'node:path';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const root = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const typed = {
  parserOptions: { projectService: true, tsconfigRootDir: root }
};

const colourLiteral = '/^#([0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})$/i';
const colourMessage =
  'Colours live in tokens.css: use a token, so that dark mode and print follow.';

/** Style blocks are text to the parser, so the colour ban needs a rule of its own there. */
const noColourInStyle = {
  meta: { type: 'problem', schema: [], messages: { colour: colourMessage } },
  create: (context) => ({
    SvelteStyleElement(node) {
      const text = context.sourceCode.getText(node);
      if (/:[^;{}]*#[0-9a-f]{3,8}\b/i.test(text)) context.report({ node, messageId: 'colour' });
    }
  })
};

const banDuckdb = {
  name: '@duckdb/node-api',
  message: 'Only etl/warehouse opens DuckDB: one opener, one sandbox.'
};
const banEcharts = {
  group: ['echarts', 'echarts/*'],
  message: 'Charts go through web/lib/charts, the one place that makes tooltips safe.'
};

export default ts.config(
  {
    ignores: [
      'node_modules/',
      'build/',
      '.svelte-kit/',
      'coverage/',
      'data/home/',
      'queries/generated/'
    ]
  },
  {
    files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { globals: { ...globals.node }, ...typed },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 3 }],
      'no-restricted-imports': ['error', { paths: [banDuckdb], patterns: [banEcharts] }],
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${colourLiteral}]`, message: colourMessage }
      ],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true }
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
      ],
      // Our interfaces are records of closures: none of them has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off'
    }
  },
  {
    files: ['web/**/*.svelte', 'web/**/*.svelte.ts', 'web/lib/**/*.ts', 'web/routes/**/*.ts'],
    languageOptions: { globals: { ...globals.browser } },
    rules: { '@typescript-eslint/no-meaningless-void-operator': 'off' }
  },
  ...svelte.configs.recommended.map((config) => ({
    ...config,
    files: config.files ?? ['**/*.svelte']
  })),
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: root,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        svelteConfig
      }
    },
    plugins: { svelte, portolan: { rules: { 'no-colour-in-style': noColourInStyle } } },
    rules: {
      'max-lines': ['error', { max: 250 }],
      // A component's script is one function to this rule.
      'max-lines-per-function': 'off',
      'prefer-const': 'off',
      // The compiler's own warnings are judged by svelte-check, which also types the markup.
      'svelte/no-unused-svelte-ignore': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // `void value` marks what an effect depends on.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      'portolan/no-colour-in-style': 'error',
      'svelte/no-at-html-tags': 'error',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
      // The app is served from the root of its own address.
      'svelte/no-navigation-without-resolve': 'off'
    }
  },
  {
    files: ['etl/warehouse/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [banEcharts] }] }
  },
  {
    files: ['web/lib/charts/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [banDuckdb] }] }
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-params': 'off',
      'no-console': 'off',
      'no-restricted-imports': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off'
    }
  },
  {
    files: ['web/static/**/*.js'],
    languageOptions: { globals: { ...globals.browser } }
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always'],
      'prefer-const': 'error',
      'no-unused-vars': 'error',
      'no-undef': 'error'
    }
  }
);
