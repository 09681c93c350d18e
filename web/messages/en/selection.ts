export const selection = {
  selection_title: 'Opportunities',
  selection_none: 'No product has enough sales to be scored',
  selection_none_next:
    'Scores need sales and landed cost. Load orders, the product list and cost lots.',
  selection_finding: '{count} [count:product earns|products earn] {money} in the next 90 days, P50',
  selection_finding_losing:
    '{count} [count:product earns|products earn] {money} in the next 90 days, P50; {losing} would lose',
  selection_detail:
    'Score = expected CM3 over 90 days, in money, with an 80% interval. Scored {day} from data known by then.',
  selection_card: '{count} products by expected profit',
  selection_subtitle: 'Bar: P10–P90 of CM3, tick: P50. Orange: the part below zero.',
  selection_info:
    "Last quarter's CM3 of each product, drawn towards its category and market as far as its own history is thin.",
  selection_unproven: 'These scores have no back-test on your data yet: unproven.',
  selection_search: 'Product, SKU, category',
  selection_no_match: 'No product matches “{text}”',
  selection_no_match_next: 'Shorten the search, or remove the market filter.',
  col_product_market: 'Product, market',
  col_interval: 'P10 – P90',
  col_loss: 'P(loss)',
  col_last_quarter: 'Last quarter',
  col_last_quarter_long: 'CM3 last quarter',
  col_evidence: 'Evidence',
  col_gate: 'Gate',
  gate_unchecked: 'not checked',
  gate_clear: 'clear',
  interval_label: 'P50 {mid}, 80% between {low} and {high}, {loss} chance of loss',
  evidence_note: 'evidence {share}',
  score_unit: 'CM3 in 90 days, P50',
  score_between: '80% between {low} and {high}',
  score_percentile: 'Percentile in all scored',
  score_open_market: 'Open {market}',
  unproven_note: 'No track record on your data: compare it with last quarter before you act.'
} as const;
