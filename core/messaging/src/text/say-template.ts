import { defineSentences } from '@inthread/sdk/fault'

/** What a template does that templates may not do. */
export const sayTemplate = defineSentences({
  'template.no_text': 'a template is a text',
  'template.too_long': 'a template has at most {most} characters',
  'template.braces': 'the braces do not close properly',
  'template.keep': '{{{name}}} has to stay in this text',
  'template.too_deep': 'blocks stand inside each other more than {most} deep',
  'template.too_many': 'a template has at most {most} parts',
  'template.statement': '{statement} is not allowed',
  'template.raw': 'write a variable with two braces on either side',
  'template.parameters': 'a variable takes nothing after its name',
  'template.block': '{block} is not allowed: only if and unless',
  'template.condition': '{block} takes exactly one variable',
  'template.no_variable': 'only variables may stand between braces',
  'template.helper': '{{{name}}} is a word of templates and names no variable',
  'template.unknown': '{{{name}}} is not a variable of this text: {known}',
  'template.unknown_of_none': '{{{name}}} is not a variable of this text: it has none',
})
