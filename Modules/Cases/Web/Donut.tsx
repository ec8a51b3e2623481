import { Text, UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import { whole } from '@web/parts/formats';
import classes from './Donut.module.css';

export interface Slice { key: string; name: string; count: number; colour: string }

interface Props {
  title: string;
  slices: Slice[];
  /** The chosen slices; a choice of none shows all. */
  chosen: readonly string[];
  onChoose: (key: string) => void;
}

/** Makes the way round 100. */
const radius = 15.9155;
const gap = 0.6;

/** A pie chart that filters. The list beside it says the same in words and is what keyboards and screen readers use; a click on a slice does the same. */
export function Donut({ title, slices, chosen, onChoose }: Props) {
  const id = useId();
  const total = slices.reduce((sum, slice) => sum + slice.count, 0);
  let start = 0;
  const arcs = slices.filter(slice => slice.count > 0).map(slice => {
    const length = (100 * slice.count) / total;
    start += length;
    return { ...slice, start: start - length, length: Math.max(length - (length < 100 ? gap : 0), gap) };
  });
  const isFaded = (key: string) => chosen.length > 0 && !chosen.includes(key);
  return (
    <section className={classes.chart} aria-labelledby={id}>
      <Text size="xs" fw={600} id={id} component="h2" m={0} className={classes.title}>{title}</Text>
      <svg viewBox="0 0 42 42" className={classes.ring} aria-hidden>
        <circle cx="21" cy="21" r={radius} className={classes.track} />
        {arcs.map(arc => (
          <circle key={arc.key} cx="21" cy="21" r={radius} className={classes.arc} data-faded={isFaded(arc.key) || undefined} stroke={arc.colour} onClick={() => onChoose(arc.key)}
            strokeDasharray={`${arc.length} ${100 - arc.length}`} strokeDashoffset={25 - arc.start}><title>{`${arc.name}: ${whole(arc.count)}`}</title></circle>
        ))}
        <text x="21" y="21" className={classes.total}>{whole(total)}</text>
      </svg>
      <ul className={classes.legend}>
        {slices.map(slice => (
          <li key={slice.key}>
            <UnstyledButton className={classes.entry} aria-pressed={chosen.includes(slice.key)} data-faded={isFaded(slice.key) || undefined} onClick={() => onChoose(slice.key)}>
              <span className={classes.dot} style={{ background: slice.colour }} /><span className={classes.name} title={slice.name}>{slice.name}</span><span>{whole(slice.count)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
