import { DOMParser, type Element } from '@xmldom/xmldom';

/** A bar as it is drawn: how high it is, in pixels, and the figure written above it. */
export type Bar = { height: number; figure: string | null };

/** What somebody sees in a picture: read from the SVG, which has to be well-formed XML. */
export class Picture {
  readonly elements: Element[];

  constructor(svg: string) {
    const parser = new DOMParser({
      onError: (level, message) => {
        throw new Error(`${level}: ${message}`);
      },
    });
    this.elements = [...parser.parseFromString(svg, 'image/svg+xml').getElementsByTagName('*')];
  }

  get texts(): string[] {
    return this.named('text').map(({ textContent }) => textContent ?? '');
  }

  /** The bars of a series, from left to right. */
  bars(series: number): Bar[] {
    return this.named('path')
      .filter(
        (path) =>
          path.getAttribute('ecmeta_series_index') === String(series) &&
          path.getAttribute('ecmeta_ssr_type') === 'chart',
      )
      .map((path) => this.barIn(path.getAttribute('d') ?? ''));
  }

  // M left bottom, then lines to the right, up and back.
  private barIn(drawn: string): Bar {
    const [left, bottom, width, , , up] = (drawn.match(/-?[\d.]+/g) ?? []).map(Number) as number[] as [
      ...[number, number, number, number, number, number],
    ];
    const [middle, top] = [left + width / 2, bottom + up];
    const label = this.named('text').find((text) => {
      const [x, y] = (/translate\(([-\d.]+) ([-\d.]+)\)/.exec(text.getAttribute('transform') ?? '') ?? [])
        .slice(1)
        .map(Number) as [number, number];
      return Math.abs(x - middle) < 1 && y <= top && top - y < 8;
    });
    return { height: Math.abs(up), figure: label?.textContent ?? null };
  }

  private named(name: string): Element[] {
    return this.elements.filter(({ tagName }) => tagName === name);
  }
}
