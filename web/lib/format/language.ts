export type Language = 'en' | 'zh';

export function localeOf(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-GB';
}

/** Typographic minus, so negative figures line up with positive ones. Negative zero loses its sign. */
export function minus(text: string): string {
  const signed = text.replace(/^-/, '−');
  return /[1-9]/.test(signed) ? signed : signed.replace(/^−/, '');
}
