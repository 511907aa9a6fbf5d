import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** Which half of a COMMIT is lost: the server never gets it, or has done it and its answer never comes. */
export type Cut = 'before' | 'after'

/** A MySQL server behind a wire that can be cut at a COMMIT. */
export interface CommitCutter {
  /** The database of the given URL, through this wire. */
  readonly url: string
  /** Cuts the wire at the next COMMIT. */
  cutNext(cut: Cut): void
  /** From the next cut on, nobody gets through any more until `mend`. */
  stayDown(): void
  mend(): void
  /** How many COMMITs were cut. */
  readonly cuts: number
  close(): Promise<void>
}

const preparing = 0x16
const executing = 0x17
const headerBytes = 4

export async function openCommitCutter(databaseUrl: string): Promise<CommitCutter> {
  const target = new URL(databaseUrl)
  const wire = new Wire({ host: target.hostname, port: Number(target.port) })
  target.host = `127.0.0.1:${await wire.listen()}`
  return {
    url: target.href,
    cutNext: (cut) => wire.plan(cut),
    stayDown: () => wire.down('at-next-cut'),
    mend: () => wire.down(undefined),
    get cuts() {
      return wire.cuts
    },
    close: () => wire.close(),
  }
}

class Wire {
  cuts = 0
  readonly #target: { readonly host: string; readonly port: number }
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #planned: Cut | undefined
  #down: 'at-next-cut' | 'now' | undefined

  constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target
    this.#server = createServer((client) => this.#join(client))
  }

  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port))
    })
  }

  plan(cut: Cut): void {
    this.#planned = cut
  }

  down(state: 'at-next-cut' | undefined): void {
    this.#down = state
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #join(client: Socket): void {
    this.#keep(client)
    if (this.#down === 'now') return void client.destroy()
    const server = connect(this.#target)
    this.#keep(server)
    const commit = new CommitWatch()
    let cutAtAnswer = false
    client.on('data', (packet) => {
      if (!commit.isCommit(packet) || this.#planned === undefined) return void server.write(packet)
      if (this.#planned === 'before') return this.#cut(client, server)
      cutAtAnswer = true
      return void server.write(packet)
    })
    server.on('data', (packet) => {
      commit.readAnswer(packet)
      if (cutAtAnswer) this.#cut(client, server)
      else client.write(packet)
    })
    client.on('close', () => server.destroy())
    server.on('close', () => client.destroy())
  }

  #cut(...sockets: readonly Socket[]): void {
    this.cuts += 1
    this.#planned = undefined
    if (this.#down === 'at-next-cut') this.#down = 'now'
    for (const socket of sockets) socket.destroy()
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#sockets.delete(socket))
  }
}

/** Knows the COMMIT of one connection: it is prepared once, and then executed by the number that the server gave it. */
class CommitWatch {
  #awaited = false
  #statement: number | undefined

  isCommit(packet: Buffer): boolean {
    const command = packet[headerBytes]
    if (command === preparing) {
      this.#awaited = packet.subarray(headerBytes + 1).toString('latin1') === 'COMMIT'
      return false
    }
    return command === executing && packet.readUInt32LE(headerBytes + 1) === this.#statement
  }

  readAnswer(packet: Buffer): void {
    if (!this.#awaited || packet[headerBytes] !== 0) return
    this.#statement = packet.readUInt32LE(headerBytes + 1)
    this.#awaited = false
  }
}
