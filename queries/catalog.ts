import { demandQuestions } from './demand/questions.ts';
import { marketQuestions } from './markets/questions.ts';
import { cashQuestions } from './profit/cash-questions.ts';
import { profitQuestions } from './profit/questions.ts';
import { qualityQuestions } from './quality/questions.ts';
import type { Question } from './question.ts';
import { selectionQuestions } from './selection/questions.ts';
import { stockQuestions } from './stock/questions.ts';

export type { Question } from './question.ts';

/** Everything that can be asked. */
export const catalog: readonly Question[] = [
  ...marketQuestions,
  ...profitQuestions,
  ...cashQuestions,
  ...demandQuestions,
  ...stockQuestions,
  ...selectionQuestions,
  ...qualityQuestions
];
