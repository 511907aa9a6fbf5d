/** What the admin API is, for clients in other languages. */
export { buildOpenApi, type OpenApi } from './openapi/build-openapi.ts'
