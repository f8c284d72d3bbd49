// The colours of the map and of charts, by theme; style.css holds the same for text.
import type { Group } from "./words";

export interface Palette {
  water: string; land: string; border: string; province: string; label: string; halo: string; quiet: string;
  groups: Record<Group, string>;
  ink: string; count: string; bar: string; holders: string[]; unknown: string;
}

const LIGHT: Palette = {
  water: "#e4e9ea", land: "#f8f6f1", border: "#b9b2a6", province: "#e0dacd", label: "#4c483f", halo: "#f8f6f1", quiet: "#8d877a",
  groups: { force: "#a3341f", moves: "#b07d1c", words: "#3d6a8f" },
  ink: "#1d1c1a", count: "#ffffff", bar: "#b6b0a3", unknown: "#8d877a",
  holders: ["#2c6e62", "#7a4f9a", "#b3672b", "#34619e", "#8a3b58", "#5f7a2a"],
};

const DARK: Palette = {
  water: "#14171a", land: "#1e2123", border: "#565b5f", province: "#2d3235", label: "#c4c0b6", halo: "#1a1c1e", quiet: "#8f8a80",
  groups: { force: "#e0755c", moves: "#d9ab52", words: "#7faed2" },
  ink: "#ece9e2", count: "#161718", bar: "#5b5a55", unknown: "#8f8a80",
  holders: ["#57b3a2", "#b793d6", "#e09a5c", "#7ea6dd", "#d4809f", "#a3c163"],
};

export function palette(dark: boolean): Palette {
  return dark ? DARK : LIGHT;
}
