/** Mantine in Lodge's colours: its variables point at those of tokens.css, which know light and dark. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const PINE: MantineColorsTuple = [
  '#e9f6f1',
  '#d5ebe3',
  '#a9d7c6',
  '#7ac2a8',
  '#53b08e',
  '#39a57e',
  '#1c8a6f',
  '#187a62',
  '#0b6b56',
  '#085845',
];

export const MANTINE_THEME = createTheme({
  colors: { pine: PINE },
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 'sm',
  respectReducedMotion: true,
});

const VARIABLES = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-default-border': 'var(--border)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-font-size-sm': 'var(--text-size)',
  '--mantine-font-size-md': 'var(--text-size)',
  '--mantine-line-height': '1.45',
};

export const mantineVariables: CSSVariablesResolver = () => ({
  variables: VARIABLES,
  light: VARIABLES,
  dark: VARIABLES,
});
