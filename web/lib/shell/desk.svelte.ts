/** What floats above the page, and what the page in front offers to the keyboard. */
export interface PageActions {
  /** Address of the CSV with the rows on screen (`e`). */
  readonly exportHref?: string | undefined;
  /** Switches between chart and table (`t`). */
  readonly toggleTwin?: (() => void) | undefined;
  /** Opens or closes the why-drawer of the page's main figure (`w`). */
  readonly why?: (() => void) | undefined;
  /** Next and previous row (`j`, `k`). */
  readonly move?: ((direction: 1 | -1) => void) | undefined;
}

class Desk {
  isPaletteOpen = $state(false);
  areKeysShown = $state(false);
  actions = $state.raw<PageActions>({});
  #origin: HTMLElement | undefined;

  openPalette(): void {
    this.#remember();
    this.isPaletteOpen = true;
  }

  showKeys(): void {
    this.#remember();
    this.areKeysShown = true;
  }

  /** Closes whatever floats; focus goes back to where it came from. */
  close(): boolean {
    const wasOpen = this.isPaletteOpen || this.areKeysShown;
    this.isPaletteOpen = false;
    this.areKeysShown = false;
    if (wasOpen) this.#origin?.focus();
    return wasOpen;
  }

  #remember(): void {
    const active = document.activeElement;
    this.#origin = active instanceof HTMLElement ? active : undefined;
  }
}

export const desk = new Desk();

/** Registers what this page offers; must be called while its component is being set up. */
export function offer(actions: () => PageActions): void {
  $effect(() => {
    desk.actions = actions();
    return () => {
      desk.actions = {};
    };
  });
}
