/**
 * A small PostCSS plugin: left and right become start and end, so right-to-left needs no second sheet.
 * GOV.UK Frontend writes `margin-left: 5px`; after this it is `margin-inline-start: 5px`.
 */
const SIDES = { left: "start", right: "end" };

const PROPERTIES = new Map(
  Object.entries(SIDES).flatMap(([side, edge]) => [
    [side, `inset-inline-${edge}`],
    [`margin-${side}`, `margin-inline-${edge}`],
    [`padding-${side}`, `padding-inline-${edge}`],
    [`border-${side}`, `border-inline-${edge}`],
    [`border-${side}-width`, `border-inline-${edge}-width`],
    [`border-${side}-style`, `border-inline-${edge}-style`],
    [`border-${side}-color`, `border-inline-${edge}-color`],
    [`border-top-${side}-radius`, `border-start-${edge}-radius`],
    [`border-bottom-${side}-radius`, `border-end-${edge}-radius`],
  ]),
);

const KEYWORDS = new Set(["text-align", "float", "clear"]);

/** What `left` and `right` are called as values: `text-align` and `float` have different words for it. */
export function logicalValue(property, value) {
  const edge = SIDES[value];
  if (!edge || !KEYWORDS.has(property)) return value;
  return property === "text-align" ? edge : `inline-${edge}`;
}

/** Four different sides in one shorthand are split, so that the two inline ones can turn round. */
export function splitSides(property, value) {
  if (property !== "margin" && property !== "padding") return null;
  const sides = value.match(/(?:[^\s(]+|\([^)]*\))+/g) ?? [];
  if (sides.length !== 4 || sides[1] === sides[3]) return null;
  const [top, right, bottom, left] = sides;
  return [
    [`${property}-block`, top === bottom ? top : `${top} ${bottom}`],
    [`${property}-inline`, `${left} ${right}`],
  ];
}

export default function logical() {
  return {
    postcssPlugin: "heard-logical",
    Declaration(declaration) {
      const property = PROPERTIES.get(declaration.prop);
      if (property) declaration.prop = property;
      const value = logicalValue(declaration.prop, declaration.value);
      if (value !== declaration.value) declaration.value = value;
      const sides = splitSides(declaration.prop, declaration.value);
      if (!sides) return;
      for (const [prop, split] of sides) declaration.cloneBefore({ prop, value: split });
      declaration.remove();
    },
  };
}
logical.postcss = true;
