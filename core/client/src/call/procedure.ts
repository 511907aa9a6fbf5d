/** A procedure that changes nothing. Rejects with an {@link AdminError}. */
export interface Query<Input, Output> {
  query(...input: Input extends void ? [] : [input: Input]): Promise<Output>
}

/** A procedure that changes something, and is audited under the key it is called with. */
export interface Mutation<Input, Output> {
  mutate(...input: Input extends void ? [] : [input: Input]): Promise<Output>
}

/** Something that was told, and where one is in the stream behind it. */
export interface StreamEvent<Data> {
  /** Given as `lastEventId` of a later call, the stream goes on behind this event. */
  readonly id: string
  readonly data: Data
}

export interface StreamOptions {
  /** Ends the stream, and the loop over it, without an error. */
  readonly signal?: AbortSignal
}

/**
 * A procedure that goes on telling. Begins with the first turn of a `for await` loop and ends when the loop is left.
 * When the connection breaks it is taken up again behind the last event. Throws an {@link AdminError} when it is
 * refused, also on the way, and when nobody answers at first.
 */
export interface Subscription<Input, Data> {
  subscribe(input: Input, options?: StreamOptions): AsyncIterable<StreamEvent<Data>>
}
