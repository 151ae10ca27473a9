// The rules stand in test/graph-rules.ts, made of the layers in test/layers.ts.
import { graphOptions, graphRules } from "./test/graph-rules.ts";

export default { forbidden: graphRules, options: graphOptions };
