/** Risk levels as they stand in a column, and as they are read aloud. */
export const risks = { high: "High", medium: "Medium", low: "Low", none: "No risk level" };
export const riskNames = { high: "High risk", medium: "Medium risk", low: "Low risk", none: "No known risk level" };
