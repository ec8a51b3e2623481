import type { ReactNode } from 'react';
import { country } from './formats';

/** A cross that stands a little to the left: ground, cross, and the narrower cross inside it. */
const cross = (ground: string, bar: string, inner?: string): ReactNode => (
  <>
    <path fill={ground} d="M0 0h24v16H0z" />
    <path fill={bar} d="M7 0h4v16H7zM0 6h24v4H0z" />
    {inner && <path fill={inner} d="M8 0h2v16H8zM0 7h24v2H0z" />}
  </>
);
const lying = (...colours: string[]): ReactNode => colours.map((c, i) => <path key={c + i} fill={c} d={`M0 ${(16 / colours.length) * i}h24v${16 / colours.length}H0z`} />);
const standing = (...colours: string[]): ReactNode => colours.map((c, i) => <path key={c + i} fill={c} d={`M${(24 / colours.length) * i} 0h${24 / colours.length}v16H${(24 / colours.length) * i}z`} />);

const flags: Record<string, ReactNode> = {
  SE: cross('#005293', '#fecb00'), DK: cross('#c8102e', '#fff'), FI: cross('#fff', '#002f6c'), NO: cross('#ba0c2f', '#fff', '#00205b'), IS: cross('#02529c', '#fff', '#dc1e35'),
  FO: cross('#fff', '#005eb9', '#ef303e'), AX: cross('#0053a5', '#ffce00', '#d21034'),
  GL: <><path fill="#fff" d="M0 0h24v8H0z" /><path fill="#d00c33" d="M0 8h24v8H0z" /><path fill="#d00c33" d="M4 8a5 5 0 0 1 10 0z" /><path fill="#fff" d="M4 8a5 5 0 0 0 10 0z" /></>,
  DE: lying('#000', '#d00', '#ffce00'), NL: lying('#ae1c28', '#fff', '#21468b'), LU: lying('#ed2939', '#fff', '#00a1de'), EE: lying('#0072ce', '#000', '#fff'), LT: lying('#fdb913', '#006a44', '#c1272d'),
  LV: <><path fill="#9e3039" d="M0 0h24v16H0z" /><path fill="#fff" d="M0 6.4h24v3.2H0z" /></>,
  PL: lying('#fff', '#dc143c'), UA: lying('#0057b7', '#ffd700'), AT: lying('#ed2939', '#fff', '#ed2939'), HU: lying('#cd2a3e', '#fff', '#436f4d'), BG: lying('#fff', '#00966e', '#d62612'),
  ES: <><path fill="#aa151b" d="M0 0h24v16H0z" /><path fill="#f1bf00" d="M0 4h24v8H0z" /></>,
  FR: standing('#002654', '#fff', '#ce1126'), IT: standing('#009246', '#fff', '#ce2b37'), BE: standing('#000', '#fae042', '#ed2939'), IE: standing('#169b62', '#fff', '#ff883e'), RO: standing('#002b7f', '#fcd116', '#ce1126'),
  PT: <><path fill="#f00" d="M0 0h24v16H0z" /><path fill="#060" d="M0 0h9.6v16H0z" /><circle cx="9.6" cy="8" r="3" fill="#ff0" /></>,
  CH: <><path fill="#d52b1e" d="M0 0h24v16H0z" /><path fill="#fff" d="M10.5 3h3v10h-3zM7 6.5h10v3H7z" /></>,
  CZ: <>{lying('#fff', '#d7141a')}<path fill="#11457e" d="M0 0l12 8L0 16z" /></>,
  GB: <><path fill="#012169" d="M0 0h24v16H0z" /><path stroke="#fff" strokeWidth="3" d="M0 0l24 16M24 0L0 16" /><path stroke="#c8102e" strokeWidth="1.4" d="M0 0l24 16M24 0L0 16" /><path fill="#fff" d="M9.5 0h5v16h-5zM0 5.5h24v5H0z" /><path fill="#c8102e" d="M10.5 0h3v16h-3zM0 6.5h24v3H0z" /></>,
  US: <>{lying('#b22234', '#fff', '#b22234', '#fff', '#b22234', '#fff', '#b22234')}<path fill="#3c3b6e" d="M0 0h10.5v9.1H0z" /></>,
  JP: <><path fill="#fff" d="M0 0h24v16H0z" /><circle cx="12" cy="8" r="4.6" fill="#bc002d" /></>,
  CN: <><path fill="#de2910" d="M0 0h24v16H0z" /><path fill="#ffde00" d="M5 2.5l.8 2.4h2.5L6.3 6.4l.8 2.4L5 7.3 2.9 8.8l.8-2.4-2-1.5h2.5z" /></>,
};

/** The countries that a list of choices offers. */
export const knownCountries = Object.keys(flags);

/** The flag, with the country's name for those who do not see or know it (R12). A country without a picture shows its code. */
export function Flag({ code, size = 20 }: { code: string; size?: number }) {
  const name = country(code);
  return (
    <svg role="img" aria-label={name} viewBox="0 0 24 16" width={size * 1.2} height={size * 0.8} style={{ flex: 'none', borderRadius: 2, boxShadow: '0 0 0 1px rgb(128 128 128 / 35%)' }}>
      <title>{name}</title>
      {flags[code] ?? <><path fill="#e9ecef" d="M0 0h24v16H0z" /><text x="12" y="11.5" fontSize="9" textAnchor="middle" fill="#343a40">{code}</text></>}
    </svg>
  );
}
