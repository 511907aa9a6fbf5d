import ipaddr from 'ipaddr.js'

/**
 * Blocks that are refused by name, whatever the library's tables say of them today: the platform's own networks hide
 * behind each of them somewhere.
 */
const refused = [
  '0.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '169.254.0.0/16', // link-local, and the metadata services of clouds
  '192.0.0.0/24', // protocol assignments
  '198.18.0.0/15', // benchmarking
  '64:ff9b::/96', // NAT64: an IPv4 address in disguise
  '64:ff9b:1::/48',
  '2002::/16', // 6to4, the same
  '2001::/32', // Teredo, the same
].map((block) => ipaddr.parseCIDR(block))

/** All that the internet routes of IPv6. */
const globalV6 = ipaddr.parseCIDR('2000::/3')

/**
 * Whether an address, as a resolver gives it, is one of the public internet. Anything that is not surely so is refused:
 * what is behind this process (databases, metadata, itself) must not be reachable under a partner's name.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes('%')) return false
  // `process` takes an IPv4 address out of its mapped form.
  const address = ipaddr.process(text)
  if (address.range() !== 'unicast') return false
  if (refused.some((block) => isWithin(address, block))) return false
  return address.kind() === 'ipv4' || isWithin(address, globalV6)
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [net, bits]: ReturnType<typeof ipaddr.parseCIDR>): boolean {
  return address.kind() === net.kind() && address.match([net, bits])
}
