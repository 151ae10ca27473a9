export interface Product {
  id: number;
  name: string;
  category: string;
  /** Whole Korean won. */
  price: number;
  description: string;
}

export interface Category {
  slug: string;
  name: string;
}

export const categories: readonly Category[] = [
  { slug: "notebooks", name: "Notebooks" },
  { slug: "pens", name: "Pens and ink" },
  { slug: "paper", name: "Paper" },
  { slug: "desk", name: "Desk" },
];

export const products: readonly Product[] = [
  ["Harbour notebook", "notebooks", 9_800, "160 ruled pages, thread-bound, lies flat."],
  ["Lighthouse notebook", "notebooks", 12_500, "Dotted pages in a linen cover."],
  ["Tide pocket book", "notebooks", 5_400, "Fits a shirt pocket, 64 pages."],
  ["Captain's log", "notebooks", 21_000, "Hard cover, numbered pages, two ribbons."],
  ["Sketch raft", "notebooks", 14_200, "Heavy paper for pencil and wash."],
  ["Weekly chart", "notebooks", 11_000, "One week on two pages, undated."],
  ["Gull fountain pen", "pens", 38_000, "Fine steel nib, cartridge or converter."],
  ["Anchor ballpoint", "pens", 4_200, "Refillable brass body."],
  ["Keel mechanical pencil", "pens", 7_900, "0.5 mm, retractable tip."],
  ["Deep sea ink", "pens", 16_500, "Blue-black, 50 ml, waterproof."],
  ["Driftwood ink", "pens", 15_000, "Warm brown, 50 ml."],
  ["Brush pen set", "pens", 19_900, "Six colours, soft tips."],
  ["Sail letter paper", "paper", 6_300, "50 sheets, 100 g, cream."],
  ["Envelopes, small", "paper", 3_900, "25 pieces, lined."],
  ["Envelopes, large", "paper", 5_200, "25 pieces, lined."],
  ["Folding paper", "paper", 4_800, "100 sheets in twenty colours. For boats."],
  ["Postcard block", "paper", 8_700, "20 cards of cotton paper."],
  ["Wrapping roll", "paper", 7_100, "Five metres, wave pattern."],
  ["Pier desk tray", "desk", 24_000, "Oak, stackable."],
  ["Buoy paperweight", "desk", 13_300, "Cast iron, felt base."],
  ["Rope pen rest", "desk", 9_200, "Cotton rope on a brass plate."],
  ["Compass ruler", "desk", 6_600, "15 cm, steel."],
  ["Mast lamp", "desk", 52_000, "Warm light, dimmable."],
  ["Cargo box", "desk", 17_800, "For letters, with a lid."],
].map(([name, category, price, description], index) => ({
  id: index + 1,
  name: String(name),
  category: String(category),
  price: Number(price),
  description: String(description),
}));
