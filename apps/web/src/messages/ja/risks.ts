/** Risk levels as they stand in a column, and as they are read aloud. */
export const risks = { high: "高", medium: "中", low: "低", none: "危険度なし" };
export const riskNames = { high: "危険度 高", medium: "危険度 中", low: "危険度 低", none: "危険度不明" };
