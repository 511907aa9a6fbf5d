import { describe, expect, it } from 'vitest'
import { decideSuite, type Requirement } from './requirements.ts'

const browser: Requirement = { variable: 'TEST_CHROMIUM', need: 'Chromium', optional: false }
const everything: Requirement = { variable: 'INTHREAD_TEST_ALL', need: '--all', optional: true }

describe('decideSuite', () => {
  it('runs a suite that has what it needs', () => {
    expect(decideSuite(browser, { TEST_CHROMIUM: '/usr/bin/chromium', INTHREAD_CI: '1' })).toEqual({
      kind: 'run',
      value: '/usr/bin/chromium',
    })
  })

  it('skips a suite with the reason that was found, and takes an empty variable for none', () => {
    const environment = { TEST_CHROMIUM: '', TEST_CHROMIUM_MISSING: 'there is none here' }
    expect(decideSuite(browser, environment)).toEqual({ kind: 'skip', reason: 'needs Chromium: there is none here' })
  })

  it('says what to run when nobody looked', () => {
    expect(decideSuite(browser, {})).toMatchObject({
      kind: 'skip',
      reason: expect.stringContaining('`npm test` looks for it'),
    })
  })

  it('fails instead where everything must run', () => {
    expect(decideSuite(browser, { INTHREAD_CI: '1' })).toMatchObject({ kind: 'fail' })
  })

  it('never fails for a suite that was not asked for', () => {
    expect(decideSuite(everything, { INTHREAD_CI: '1' })).toEqual({
      kind: 'skip',
      reason: 'needs --all: not asked for',
    })
  })
})
