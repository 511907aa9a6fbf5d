/** Named values, as the engine carries them: a run's slots, a document, a configuration. */
export type Slots = Readonly<Record<string, unknown>>
