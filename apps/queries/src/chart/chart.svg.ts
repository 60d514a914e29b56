import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Draws without a browser. The same option gives the same bytes, and nothing in them is fetched, run or clicked. */
export function svgOf(
  option: EChartsCoreOption,
  { width, height }: { width: number; height: number },
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return stillOf(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

// What is for a pointer over the picture, and the names that count how many were drawn before.
const stillOf = (svg: string): string =>
  svg
    .replace(/<style ?><!\[CDATA\[[\s\S]*?\]\]>\s*<\/style>\s*/g, '')
    .replaceAll(/ (?:class="zr\d+-[^"]*"|pointer-events="[^"]*")/g, '');
