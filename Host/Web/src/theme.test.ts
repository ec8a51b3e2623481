import { DEFAULT_THEME } from '@mantine/core';
import { expect, it } from 'vitest';
import { contrasts } from './theme';

type Colour = keyof typeof DEFAULT_THEME.colors;

/** Red, green and blue of #rrggbb. */
const partsOf = (hex: string) => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));

/** By WCAG 2.2. */
function luminance(parts: number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map(part => part / 255).map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** What the light scheme writes with on a tint: a shade, or one that is mixed with black. */
function wordsOn(colour: Colour): number[] {
  const said = contrasts(DEFAULT_THEME).light[`--mantine-color-${colour}-light-color`] ?? '';
  const parts = partsOf(DEFAULT_THEME.colors[colour]![Number(/-(\d)\)/.exec(said)?.[1])]!);
  const black = Number(/black (\d+)%/.exec(said)?.[1] ?? 0) / 100;
  return parts.map(part => part * (1 - black));
}

/** What a tint becomes under the pointer. */
function hoverOf(colour: Colour): number[] {
  const share = Number(/ (\d+)%\)$/.exec(contrasts(DEFAULT_THEME).light[`--mantine-color-${colour}-light-hover`] ?? '')?.[1]) / 100;
  const [tint, darker] = [partsOf(DEFAULT_THEME.colors[colour]![1]), partsOf(DEFAULT_THEME.colors[colour]![2])];
  return tint.map((part, at) => part * (1 - share) + darker[at]! * share);
}

it.each(Object.keys(DEFAULT_THEME.colors).filter(name => name !== 'dark') as Colour[])('Words on a tint of %s can be read', colour => {
  const words = luminance(wordsOn(colour));
  for (const tint of [partsOf(DEFAULT_THEME.colors[colour]![1]), hoverOf(colour)]) expect((luminance(tint) + 0.05) / (words + 0.05)).toBeGreaterThanOrEqual(4.5);
});
