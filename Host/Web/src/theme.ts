import { createTheme, type CSSVariablesResolver, DEFAULT_THEME } from '@mantine/core';

// The list of choices scrolls by itself: a scroll area around it would be one more stop that has no name (axe: scrollable-region-focusable).
const choices = { defaultProps: { withScrollArea: false }, styles: { options: { maxHeight: 240, overflowY: 'auto' } } } as const;

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: "'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', 'DejaVu Sans', sans-serif",
  defaultRadius: 'sm',
  cursorType: 'pointer',
  components: { Select: choices, MultiSelect: choices, Autocomplete: choices, TagsInput: choices },
});

/** Words on a tint, in a colour of their own and beside others have a contrast of 4.5 at least (WCAG 2.2, 1.4.3); Mantine's own have not, in the light scheme. */
export const contrasts: CSSVariablesResolver = () => {
  const colours = Object.keys(DEFAULT_THEME.colors).filter(name => name !== 'dark');
  const each = (suffix: string, shade: number) => Object.fromEntries(colours.map(name => [`--mantine-color-${name}-${suffix}`, `var(--mantine-color-${name}-${shade})`]));
  const darker = { green: 30, teal: 30, lime: 30, yellow: 30, orange: 30, cyan: 30, red: 8 };
  const dark = Object.fromEntries(Object.entries(darker).map(([name, black]) => [`--mantine-color-${name}-light-color`, `color-mix(in srgb, var(--mantine-color-${name}-9), black ${black}%)`]));
  // A tint under the pointer is darker, and as little so that its words can still be read.
  const hover = Object.fromEntries(colours.map(name => [`--mantine-color-${name}-light-hover`, `color-mix(in srgb, var(--mantine-color-${name}-1), var(--mantine-color-${name}-2) 20%)`]));
  return {
    variables: {},
    light: { '--mantine-color-dimmed': '#5a626a', '--mantine-color-placeholder': '#6b737b', '--mantine-color-error': 'var(--mantine-color-red-9)', ...each('light-color', 9), ...each('outline', 9), ...dark, ...hover },
    dark: { '--mantine-color-dimmed': 'var(--mantine-color-dark-1)', '--mantine-color-error': 'var(--mantine-color-red-4)', ...each('light-color', 2) },
  };
};
