/** The name and its sign: a line of text with the words that answer marked. */
export function Brand() {
  return (
    <span className="brand">
      <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
        <rect className="brand-page" width="32" height="32" rx="7" />
        <path className="brand-lines" d="M8 9h16M8 23h9" />
        <rect className="brand-mark" x="7" y="13.25" width="18" height="5.5" rx="1.5" />
      </svg>
      Docent
    </span>
  );
}
