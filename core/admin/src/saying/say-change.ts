import { defineSentences } from '@inthread/sdk/fault'

/** Why something that is installed, or a change that takes two, does not go on. */
export const sayChange = defineSentences({
  'decide.where_proposed':
    'it is carried out by the call that proposed it: repeat that call with this proposal and its digest',
  'decide.by_upgrade': 'approve it with installations.upgrade: it takes this proposal and its digest as its approval',
  'decide.same_person': 'it was proposed by the same person: another person has to decide it, whatever key is used',
  'decide.same_hand': 'it was proposed by the same hand: somebody else has to decide it',
  'decide.younger': 'who decides it must not be younger than the proposal: a key or a person from before has to',
  'decide.overtaken': 'it was decided, changed or voided meanwhile, or its day is over: look at it again',
  'decide.role': 'the role "{role}" approves nothing: somebody who may decide has to',
  'decide.key_younger': 'a key that was there before the proposal has to approve it',
  'decide.maker': 'its maker has to let another person approve it, whatever key is used',
  'decide.other_change': 'what was proposed is something else',
  'decide.somebody_else': 'somebody else than its maker has to approve it, in this form, within a day',
  'move.none': '{from} does not become {to}: nothing comes after it',
  'move.other': '{from} does not become {to}: from there it goes to {allowed}',
  'installed.above': 'what stands above the tenant, and what it locks, is changed by the platform: send it as it is',
  'installed.no_bot': 'the tenant has no bot "{bot}": apply it first',
  'installed.not_listed': 'there is no plugin "{plugin}" that is listed',
  'installed.already': 'it is installed already, in version {version}, and is {state}',
  'installed.not': '"{plugin}" is not installed in "{bot}"',
  'installed.changed': 'it was changed meanwhile: look again',
  'upgrade.no_version': 'there is no listed version {version} of "{plugin}"',
  'upgrade.is_there': '{version} is what is installed',
  'upgrade.unfit_config': 'the config does not fit the new version: change it first',
  'upgrade.newer_documents': '"{collection}" has documents of version {newest}, and {version} knows up to {known}',
  'upgrade.newer_runs': '{n} conversations are in the middle of the newer version: wait until they have ended',
  'upgrade.newer_config': 'the config is of version {newest}, and {version} knows up to {known}',
  'upgrade.consent': 'the tenant has to agree to {n} changes of its rights or its data: look at the differences',
  'secret.key': 'this secret has another form: letters, digits and signs without blanks',
  'secret.webhook': 'this secret has another form: whsec_ and base64 of 24 to 64 bytes, as Standard Webhooks has it',
})
