/** A colour as a browser computes it: `rgb(11, 95, 232)`, `rgba(15, 18, 22, 0.42)`. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number]

/**
 * How far a text stands out from what is behind it, from 1 to 21. `grounds` are the backgrounds of the element and of
 * those around it, the nearest first; behind the last one is white.
 */
export function measureContrast(text: string, grounds: readonly string[]): number {
  const ground = grounds
    .map(readColour)
    .reduceRight<Colour>((below, above) => layOver(above, below), [255, 255, 255, 1])
  const lights = [lightOf(layOver(readColour(text), ground)), lightOf(ground)].sort((a, b) => b - a)
  const [lighter = 0, darker = 0] = lights
  return (lighter + 0.05) / (darker + 0.05)
}

function readColour(text: string): Colour {
  const parts = /^rgba?\(([^)]+)\)$/
    .exec(text)?.[1]
    ?.split(/[,\s/]+/)
    .map(Number)
  if (!parts || parts.some(Number.isNaN)) throw new Error(`"${text}" is no colour that can be read`)
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts
  return [red, green, blue, alpha]
}

function layOver([red, green, blue, alpha]: Colour, below: Colour): Colour {
  const mix = (above: number, under: number): number => above * alpha + under * (1 - alpha)
  return [mix(red, below[0]), mix(green, below[1]), mix(blue, below[2]), 1]
}

/** Relative luminance of sRGB. */
function lightOf([red, green, blue]: Colour): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
