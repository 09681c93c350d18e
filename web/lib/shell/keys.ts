export type KeyAction =
  | { readonly kind: 'palette' | 'keys' | 'export' | 'twin' | 'why' | 'close' | 'filter' }
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'period'; readonly direction: 1 | -1 }
  | { readonly kind: 'row'; readonly direction: 1 | -1 }
  | { readonly kind: 'prefix' };

export interface Pressed {
  readonly key: string;
  readonly ctrl: boolean;
  readonly isTyping: boolean;
  /** The first key of a sequence, pressed less than a second ago. */
  readonly prefix: string | undefined;
  readonly singleKeys: boolean;
}

const jumps: Readonly<Record<string, string>> = {
  m: '/',
  s: '/selection',
  k: '/stock',
  d: '/data'
};

const singles: Readonly<Record<string, KeyAction>> = {
  '/': { kind: 'filter' },
  '?': { kind: 'keys' },
  e: { kind: 'export' },
  t: { kind: 'twin' },
  w: { kind: 'why' },
  g: { kind: 'prefix' },
  '[': { kind: 'period', direction: -1 },
  ']': { kind: 'period', direction: 1 },
  j: { kind: 'row', direction: 1 },
  k: { kind: 'row', direction: -1 }
};

/** What a key press means. Single keys are silent inside inputs and when they are switched off. */
export function keyAction(pressed: Pressed): KeyAction | undefined {
  if (pressed.ctrl) return pressed.key.toLowerCase() === 'k' ? { kind: 'palette' } : undefined;
  if (pressed.key === 'Escape') return { kind: 'close' };
  if (pressed.isTyping || !pressed.singleKeys) return undefined;
  if (pressed.prefix === 'g') {
    const path = jumps[pressed.key];
    return path === undefined ? undefined : { kind: 'go', path };
  }
  return singles[pressed.key];
}
