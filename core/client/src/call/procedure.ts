/** A procedure that changes nothing. Rejects with an {@link AdminError}. */
export interface Query<Input, Output> {
  query(...input: Input extends void ? [] : [input: Input]): Promise<Output>
}

/** A procedure that changes something, and is audited under the key it is called with. */
export interface Mutation<Input, Output> {
  mutate(...input: Input extends void ? [] : [input: Input]): Promise<Output>
}
