import { sql, sqlOf } from '@inthread/store/sql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPageCache } from '../../browser/results-folder.ts'
import { drawPart } from '../../kit/chance/draw.ts'
import { places } from '../../kit/doors/places.ts'
import { openRelay, type Relay, type Target } from '../../kit/doors/relay.ts'
import { runSqlmap, type Verdict } from '../../kit/doors/run-sqlmap.ts'
import { openDoorWorld, type DoorWorld } from '../../kit/doors/world.ts'
import { getAt, listProbes, putAt } from '../../kit/isolation/inputs.ts'
import { own } from '../../kit/isolation/neighbours.ts'
import { Caller, listProcedures } from '../../kit/isolation/procedures.ts'
import { describeOnDrawnDatabase, describeWithSqlmap } from '../../kit/requirements.ts'

/** Of some three hundred places; with `--all` each of them. */
const drawn = 4
const together = 2

describeWithSqlmap('sqlmap', (program) => {
  describeOnDrawnDatabase('at the whole surface', (open, kind) => {
    let world: DoorWorld
    let targets: readonly Target[]
    let relay: Relay
    beforeAll(async () => {
      world = await openDoorWorld(await open(), openPageCache())
      targets = [sample, ...listDoors(), ...listCalls()]
      relay = await openRelay(targets)
    }, 240_000)
    afterAll(async () => {
      await relay.close()
      await world.stop()
    })

    const scan = (target: Target): Promise<Verdict> => runSqlmap({ program, url: relay.url(target), dbms: kind })

    /** What nobody may write: it shows that the scanner finds such a thing. */
    const sample: Target = {
      ...{ name: 'a careless statement', usual: own },
      send: async (text) => {
        const statement = sql.raw<{ epoch: number }>(`select tenant_id, epoch from tenant where tenant_id = '${text}'`)
        const { store } = world.neighbours.sandbox.house
        try {
          const { rows } = await store.read('test', (reader) => statement.execute(sqlOf(reader)))
          return JSON.stringify(rows)
        } catch {
          return 'an error'
        }
      },
    }

    const listDoors = (): readonly Target[] =>
      Object.entries(places).flatMap(([route, listed]) =>
        (typeof listed === 'function' ? listed(world) : []).map(({ at, usual = own, alone, build }) => ({
          ...{ name: `${route}: ${at}`, usual },
          send: async (text: string) => {
            if (alone) await world.forgetAttempts()
            const { status, body, told } = await world.knock(build(text))
            return `${status} ${body} ${told}`
          },
        })),
      )

    /** Streams are asked for with what questions are asked with. */
    const listCalls = (): readonly Target[] => {
      const caller = new Caller(world.neighbours.sandbox.house.url, world.key)
      return listProcedures()
        .filter(({ kind: what }) => what !== 'subscription')
        .flatMap((procedure) =>
          listProbes(procedure, world.neighbours.known).map(({ input, path }) => ({
            ...{ name: `${procedure.path}: ${path.join('.')}`, usual: String(getAt(input, path)) },
            send: async (text: string) => (await caller.call(procedure, putAt(input, path, text))).text,
          })),
        )
    }

    it('finds what is there to be found', async () => {
      expect(await scan(sample)).toBe('injectable')
    }, 600_000)

    it('finds nothing', async () => {
      const [, ...asked] = targets
      const found: (readonly [name: string, verdict: Verdict])[] = []
      const waiting = [...drawPart(asked, drawn, kind)]
      const work = async (): Promise<void> => {
        for (let target = waiting.pop(); target; target = waiting.pop()) {
          const verdict = await scan(target)
          if (verdict !== 'not injectable') found.push([target.name, verdict])
        }
      }
      await Promise.all(Array.from({ length: together }, work))
      expect(found).toEqual([])
      expect(world.neighbours.sandbox.log.filter((line) => /failed/.test(line))).toEqual([])
    }, 14_400_000)
  })
})
