import { createTheme, type CSSVariablesResolver } from '@mantine/core'
import { setNonce } from 'get-nonce'

/** Handed to this very answer by the server: styles without it are not taken. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

// What keeps the page from scrolling behind a dialog writes a style too, and asks here.
setNonce(styleNonce)

const sans =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Arial, 'PingFang SC', 'HarmonyOS Sans SC', " +
  "'Noto Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', system-ui, sans-serif"

export const theme = createTheme({
  fontFamily: sans,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  headings: { fontFamily: sans, fontWeight: '600' },
  defaultRadius: 'md',
  radius: { md: '6px', lg: '10px' },
  primaryColor: 'brand',
  primaryShade: 6,
  colors: {
    brand: [
      ...(['#eef0ff', '#dde1ff', '#bac2fb', '#95a1f6', '#7785f1', '#6474ee'] as const),
      ...(['#3b4fd8', '#3344bd', '#2b3a9f', '#222e7f'] as const),
    ],
    dark: [
      ...(['#e9ebee', '#c6cad0', '#a3a9b2', '#7d848e', '#474d56', '#343a42'] as const),
      ...(['#252a31', '#181b20', '#131619', '#0d0f12'] as const),
    ],
  },
  autoContrast: true,
  focusRing: 'auto',
  cursorType: 'pointer',
})

/** Faint words that can still be read: a contrast of at least 4.5 on every ground they stand on. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59616d',
    '--mantine-color-placeholder': '#6a727e',
    '--mantine-color-text': '#1b2027',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--mantine-color-dimmed': '#a3abb6',
    '--mantine-color-placeholder': '#929aa5',
    '--mantine-color-text': '#e9ebee',
    '--mantine-color-error': '#ff8f87',
    // White words stand on it.
    '--mantine-color-brand-filled': '#5464e6',
    '--mantine-color-brand-filled-hover': '#4858d6',
  },
})
