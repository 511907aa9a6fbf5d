/** The hall: environment, wiring, HTTP and lifecycle. Nobody imports it but the command, the scripts and the tests. */
export { migrations, startHouse, type House, type HouseOptions } from './boot/house.ts'
export { readSettings, SettingsError, type Settings } from './boot/settings.ts'
export { openHome, type Home, type Running } from './boot/home.ts'
export { noWrapper, type PortWrapper } from './ports/wrapper.ts'
export { buildTenantJsonSchema } from '@inthread/admin'
export { migrateFromEnvironment, startFromEnvironment } from './boot/from-environment.ts'
export { examineFromEnvironment, type Finding } from './doctor/examine.ts'
