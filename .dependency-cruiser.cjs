// The arrows of ARCHITECTURE.md as rules: etl <- queries <- web/server <-(HTTP)- web/routes.
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const ours = '^(etl|queries|web|data|cli\\.ts|bin\\.js)';

module.exports = {
  forbidden: [
    rule(
      'no-circle',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Circles hide who depends on whom.'
    ),
    rule(
      'etl-looks-at-nobody',
      { path: '^etl/' },
      { path: '^(queries|web|cli\\.ts|data/seller)' },
      'Loading must not know what is asked.'
    ),
    rule(
      'warehouse-is-the-floor',
      { path: '^etl/warehouse/' },
      { path: ours, pathNot: '^etl/warehouse/' },
      'Everything stands on the opener; it stands on nothing.'
    ),
    rule(
      'only-warehouse-opens-duckdb',
      { pathNot: '^(etl/warehouse/|test/)' },
      { path: 'node_modules/@duckdb' },
      'One opener, one sandbox.'
    ),
    rule(
      'queries-read-only',
      { path: '^queries/' },
      { path: '^(etl|web|data/seller|cli\\.ts)', pathNot: '^etl/(warehouse|checks)/' },
      'Questions see the warehouse handle, never the loader; build.ts also runs the checks.'
    ),
    rule(
      'server-never-loads',
      { path: '^web/server/' },
      { path: '^(etl|data/seller|cli\\.ts|web/(lib|routes))', pathNot: '^etl/warehouse/' },
      'The server can only read; a load is a child process.'
    ),
    rule(
      'pages-speak-http',
      { path: '^web/(lib|routes)/' },
      { path: '^(etl|queries|data|web/server|cli\\.ts)', dependencyTypesNot: ['type-only'] },
      'Pages know the API, not the engine; generated row types are fine.'
    ),
    rule(
      'pages-types-only-from-generated',
      { path: '^web/(lib|routes)/' },
      { path: '^(etl|queries|data|web/server)', pathNot: '^queries/generated/' },
      'Only the generated row types cross this line.'
    ),
    rule(
      'seller-stands-alone',
      { path: '^data/seller/' },
      { path: ours, pathNot: '^data/seller/' },
      'The sample seller knows the export formats, never our reading of them.'
    ),
    rule(
      'seller-is-a-sample',
      { path: '^(etl|queries|web)/' },
      { path: '^data/seller/' },
      'Only the command line and tests make sample data.'
    ),
    rule('no-test-in-product', { path: ours }, { path: '^test/' }, 'Products do not import tests.'),
    rule(
      'nothing-unresolved',
      {},
      { couldNotResolve: true, pathNot: '^\\$(app|env|lib)|\\$types' },
      'An import must lead somewhere.'
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.svelte-kit|build|data/home)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.json']
    }
  }
};
