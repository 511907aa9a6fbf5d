import { readFileSync, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import type { FastifyInstance } from 'fastify'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const pagePolicy = [
  "default-src 'self'",
  "img-src 'self' data: http: https:",
  "style-src 'self' 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

/** Serves the built page from memory. `locale` is what the page speaks until its reader chooses. */
export function servePage(app: FastifyInstance, folder: string, locale: string): void {
  for (const file of listBuilt(folder)) {
    const path = `/${relative(folder, file).split(sep).join('/')}`
    const type = contentTypes[extname(file)] ?? 'application/octet-stream'
    const bytes = readFileSync(file)
    const isPage = path === '/index.html'
    const body = isPage ? bytes.toString('utf8').replace('data-locale=""', `data-locale="${locale}"`) : bytes
    // Assets carry their hash in the name; the page itself must be asked for again.
    const cache = isPage ? 'no-store' : 'public, max-age=31536000, immutable'
    app.get(isPage ? '/' : path, (_request, reply) =>
      reply
        .header('content-type', type)
        .header('cache-control', cache)
        .header('content-security-policy', pagePolicy)
        .header('x-content-type-options', 'nosniff')
        .send(body),
    )
  }
}

function listBuilt(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
