/** Risk levels as they stand in a column, and as they are read aloud. */
export const risks = { high: "상", medium: "중", low: "하", none: "위험도 없음" };
export const riskNames = { high: "위험도 상", medium: "위험도 중", low: "위험도 하", none: "위험도를 알 수 없음" };
