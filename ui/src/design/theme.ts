// The bridge between our roles and Fluent's theme slots, and the choice of theme and density.
// Slots hold `var(--cw-…)`: one Fluent theme per ground (light, dark), and the page's data-theme decides the values.
import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from '@fluentui/react-components';

export const THEMES = ['system', 'light', 'dark', 'hc'] as const;
export type ThemeChoice = (typeof THEMES)[number];
export const THEME_NAMES: Record<ThemeChoice, string> = { system: 'System', light: 'Light', dark: 'Dark', hc: 'High contrast' };

export const DENSITIES = ['comfortable', 'compact', 'dense'] as const;
export type Density = (typeof DENSITIES)[number];
export const DENSITY_NAMES: Record<Density, string> = { comfortable: 'Comfortable', compact: 'Compact', dense: 'Dense' };
/** Row height in px, the numbers of tokens.css: the grid computes with them. */
export const ROW_HEIGHT: Record<Density, number> = { comfortable: 40, compact: 32, dense: 28 };

const BRAND: BrandVariants = {
  10: '#020C22', 20: '#001339', 30: '#001C55', 40: '#002875', 50: '#003391', 60: '#0040A9', 70: '#004EBF', 80: '#155ED0',
  90: '#2D6FDC', 100: '#4380E4', 110: '#5991ED', 120: '#70A1F2', 130: '#8DB5F7', 140: '#A9C9FC', 150: '#C8DCFD', 160: '#E6EFFE',
};

const v = (role: string) => `var(--cw-${role})`;

const SLOTS: Partial<Theme> = {
  fontFamilyBase: v('font-ui'),
  fontFamilyMonospace: v('font-mono'),
  fontFamilyNumeric: v('font-ui'),
  borderRadiusSmall: v('radius-mark'),
  borderRadiusMedium: v('radius-control'),
  borderRadiusLarge: v('radius-card'),
  borderRadiusXLarge: v('radius-sheet'),
  colorNeutralBackground1: v('bg-surface'),
  colorNeutralBackground1Hover: v('bg-hover'),
  colorNeutralBackground1Pressed: v('bg-pressed'),
  colorNeutralBackground1Selected: v('bg-selected'),
  colorNeutralBackground2: v('bg-subtle'),
  colorNeutralBackground3: v('bg-canvas'),
  colorNeutralBackgroundDisabled: v('bg-disabled'),
  colorSubtleBackground: 'transparent',
  colorSubtleBackgroundHover: v('bg-hover'),
  colorSubtleBackgroundPressed: v('bg-pressed'),
  colorSubtleBackgroundSelected: v('bg-selected'),
  colorBrandBackground: v('bg-brand'),
  colorBrandBackgroundHover: v('bg-brand-hover'),
  colorBrandBackgroundPressed: v('bg-brand-pressed'),
  colorCompoundBrandBackground: v('bg-brand'),
  colorCompoundBrandBackgroundHover: v('bg-brand-hover'),
  colorCompoundBrandBackgroundPressed: v('bg-brand-pressed'),
  colorBackgroundOverlay: v('bg-scrim'),
  colorNeutralForeground1: v('fg-1'),
  colorNeutralForeground1Hover: v('fg-1'),
  colorNeutralForeground1Pressed: v('fg-1'),
  colorNeutralForeground1Selected: v('fg-1'),
  colorNeutralForeground2: v('fg-2'),
  colorNeutralForeground2Hover: v('fg-1'),
  colorNeutralForeground2Pressed: v('fg-1'),
  colorNeutralForeground2Selected: v('fg-1'),
  colorNeutralForeground2BrandHover: v('fg-brand'),
  colorNeutralForeground2BrandPressed: v('fg-brand'),
  colorNeutralForeground2BrandSelected: v('fg-brand'),
  colorNeutralForeground3: v('fg-3'),
  colorNeutralForeground4: v('fg-3'),
  colorNeutralForegroundDisabled: v('fg-disabled'),
  colorBrandForeground1: v('fg-brand'),
  colorBrandForeground2: v('fg-brand'),
  colorCompoundBrandForeground1: v('fg-brand'),
  colorCompoundBrandForeground1Hover: v('fg-brand'),
  colorCompoundBrandForeground1Pressed: v('fg-brand'),
  colorBrandForegroundLink: v('fg-link'),
  colorBrandForegroundLinkHover: v('fg-link'),
  colorNeutralForegroundOnBrand: v('fg-on-brand'),
  colorNeutralForegroundInverted: v('fg-on-brand'),
  colorNeutralStroke1: v('stroke-2'),
  colorNeutralStroke1Hover: v('stroke-strong'),
  colorNeutralStroke1Pressed: v('stroke-strong'),
  colorNeutralStroke2: v('stroke-1'),
  colorNeutralStroke3: v('stroke-1'),
  colorNeutralStrokeAccessible: v('stroke-strong'),
  colorNeutralStrokeAccessibleHover: v('fg-2'),
  colorNeutralStrokeAccessiblePressed: v('fg-2'),
  colorNeutralStrokeDisabled: v('stroke-1'),
  colorCompoundBrandStroke: v('stroke-brand'),
  colorCompoundBrandStrokeHover: v('stroke-brand'),
  colorCompoundBrandStrokePressed: v('stroke-brand'),
  colorStrokeFocus1: v('stroke-focus-inner'),
  colorStrokeFocus2: v('stroke-focus'),
  shadow4: v('shadow-4'),
  shadow16: v('shadow-16'),
  shadow28: v('shadow-28'),
  shadow64: v('shadow-28'),
};

const LIGHT: Theme = { ...createLightTheme(BRAND), ...SLOTS };
const DARK: Theme = { ...createDarkTheme(BRAND), ...SLOTS };

export type Ground = Exclude<ThemeChoice, 'system'>;

/** What `system` means on this machine now; contrast first, because it is a need and not a taste. */
export function systemGround(): Ground {
  if (matchMedia('(prefers-contrast: more)').matches) return 'hc';
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Draws the page on its ground; called before the first frame too, so that a dark window never flashes white. */
export function applyTheme(ground: Ground, density: Density): void {
  document.documentElement.dataset['theme'] = ground;
  document.documentElement.dataset['density'] = density;
}

export function fluentTheme(ground: Ground): Theme {
  return ground === 'light' ? LIGHT : DARK;
}
