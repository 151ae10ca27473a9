/** Spellings of forbidden addresses, as URL hosts. */
const forbidden = [
  "127.0.0.1",
  "127.1.2.3",
  "0.0.0.0",
  "10.0.0.1",
  "172.16.0.1",
  "172.31.255.254",
  "192.168.1.1",
  "169.254.169.254",
  "168.63.129.16",
  "100.100.100.200",
  "100.64.0.1",
  "192.0.0.192",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
];

const circled = (digits: string): string =>
  digits.replace(/[0-9]/g, (digit) => (digit === "0" ? "⓪" : String.fromCodePoint(0x245f + Number(digit))));
const shifted = (digits: string, zero: number): string =>
  digits.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));

function spellingsOf(address: string): string[] {
  const bytes = address.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number, width = 1): string => value.toString(16).padStart(width, "0");
  const groups = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
  return [
    address,
    `${address}.`,
    String(whole),
    `0x${hex(whole, 8)}`,
    `0${whole.toString(8)}`,
    bytes.map((byte) => `0x${hex(byte)}`).join("."),
    bytes.map((byte) => `0${byte.toString(8).padStart(3, "0")}`).join("."),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    circled(address),
    shifted(address, 0xff10),
    shifted(address, 0x1d7ce),
    address.replaceAll(".", "。"),
    address.replaceAll(".", "%2e"),
    `[::ffff:${address}]`,
    `[::ffff:${groups}]`,
    `[::${address}]`,
    `[64:ff9b::${groups}]`,
    `[64:ff9b:1::${groups}]`,
    `[2002:${groups}::1]`,
    `[::ffff:0:${groups}]`,
  ];
}

const others = [
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[fe80::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[fec0::1]",
  "[ff02::1]",
  "[2001:db8::1]",
  "[2001::1]",
  "[100::1]",
  "[3fff::1]",
  "[5f00::1]",
  "[4000::1]",
  "127.1",
  "0",
  "0x7f.1",
  "0177.1",
];

export const forbiddenHosts: readonly string[] = [...new Set([...forbidden.flatMap(spellingsOf), ...others])];
