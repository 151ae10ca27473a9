/** In React's own file, so that React is evaluated before the rest of the app, in a task of its own. */
export { createRoot } from "react-dom/client";
