import { en } from '../../messages/en.ts';
import type { Words } from '../format/words.ts';
import type { MessageKey } from '../i18n/translate.ts';

type ReasonKey = Extract<MessageKey, `reason_${string}`>;
type CheckKey = Extract<MessageKey, `check_${string}`>;

function isReason(key: string): key is ReasonKey {
  return key.startsWith('reason_') && Object.hasOwn(en, key);
}

function isCheck(key: string): key is CheckKey {
  return key.startsWith('check_') && Object.hasOwn(en, key);
}

/** Why rows are not in the figures, in the reader's words; a code we have no words for stands as it is. */
export function reasonText(code: string, words: Words): string {
  const key = `reason_${code}`;
  return isReason(key) ? words.t(key) : code;
}

export function checkText(check: string, words: Words): string {
  const key = `check_${check}`;
  if (isCheck(key)) return words.t(key);
  const text = check.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
