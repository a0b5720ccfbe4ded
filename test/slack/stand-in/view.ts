import type { Exchange } from './exchange.ts';
import type { Block } from './message.ts';
import type { Person } from './world.ts';

/** What the app sets of a view. */
export interface ViewContent {
  type: 'modal' | 'home';
  title?: { text: string } | undefined;
  submit?: { text: string } | undefined;
  close?: { text: string } | undefined;
  blocks: Block[];
  private_metadata?: string | undefined;
  callback_id?: string | undefined;
  external_id?: string | undefined;
  clear_on_close?: boolean | undefined;
  notify_on_close?: boolean | undefined;
}

/** A modal in front of a person, or that person's home tab. */
export interface View {
  readonly id: string;
  readonly person: Person;
  /** The view below it, where it was pushed. */
  readonly previous: View | undefined;
  /** The latest that concerns it: what made the app open it, or a use of it since. */
  exchange: Exchange | undefined;
  content: ViewContent;
  /** Changes with each update. */
  hash: string;
  updates: number;
  isOpen: boolean;
}
