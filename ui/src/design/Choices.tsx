interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** A group of check boxes that submit under one name. */
export function Choices({
  legend,
  name,
  choices,
  chosen,
}: {
  legend: string;
  name: string;
  choices: Choice[];
  chosen: readonly string[];
}) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {choices.map(({ value, label, hint }) => (
        <label key={value} className="check">
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={chosen.includes(value)}
          />
          <span>
            {label}
            {hint && <span className="quiet small"> {hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
