declare module "punycode/punycode.js" {
  export function toUnicode(domain: string): string;
}
