/** What a guest answered and may not: the rule by its name, for operators and for the plugin's author. */
export class Refusal extends Error {
  readonly rule: string

  constructor(rule: string) {
    super(`a guest's answer breaks the rule ${rule}`)
    this.name = 'Refusal'
    this.rule = rule
  }
}

export function refuseUnless(holds: boolean, rule: string): void {
  if (!holds) throw new Refusal(rule)
}
