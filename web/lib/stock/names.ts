import { en } from '../../messages/en.ts';
import type { Words } from '../format/words.ts';
import type { MessageKey } from '../i18n/translate.ts';

type AlertKey = Extract<MessageKey, `alert_type_${string}`>;
type ModeKey = Extract<MessageKey, `mode_${string}`>;

function isAlertType(key: string): key is AlertKey {
  return key.startsWith('alert_type_') && Object.hasOwn(en, key);
}

function isMode(key: string): key is ModeKey {
  return key.startsWith('mode_') && Object.hasOwn(en, key);
}

/** Kinds of alert and transport in the reader's words; a name we have no words for stands as it is. */
export function alertTypeName(type: string, words: Words): string {
  const key = `alert_type_${type}`;
  return isAlertType(key) ? words.t(key) : type.replaceAll('_', ' ');
}

export function modeName(mode: string | null, words: Words): string {
  if (mode === null) return '—';
  const key = `mode_${mode}`;
  return isMode(key) ? words.t(key) : mode;
}

/** The plan's reason in the reader's words; wording we do not know stands as it is. */
export function reasonName(reason: string | null, words: Words): string {
  const cover = /^cover (\d+) days, lead time (\d+) days$/.exec(reason ?? '');
  if (!cover) return reason ?? '';
  return words.t('plan_reason_cover', { cover: Number(cover[1]), lead: Number(cover[2]) });
}
