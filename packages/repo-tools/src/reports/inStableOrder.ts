/** An enumeration of zod as the compiler writes it, a value a line. */
const ENUMERATION = /(ZodEnum<\{\n)((?:.*: ".*";\n)+)(\}>)/g;

/**
 * A report whose enumerations are sorted. The compiler names their values in the order in which it met them anywhere, so that
 * one more file in the program changed reports of packages that nobody had touched.
 */
export function inStableOrder(report: string): string {
  return report.replace(ENUMERATION, (_, open: string, values: string, close: string) => {
    const sorted = values.trimEnd().split('\n').sort();
    return `${open}${sorted.join('\n')}\n${close}`;
  });
}
