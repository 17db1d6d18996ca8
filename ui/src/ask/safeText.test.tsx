import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SafeText } from './safeText';

function shown(text: string): HTMLElement {
  return render(<SafeText text={text} />).container;
}

test('bold, code and list items are the whole of what text may look like', () => {
  const page = shown('Up to **42 euros** by `form 7`\n- one\n* two\n3. three\n4) four');
  expect(page.querySelector('strong')?.textContent).toBe('42 euros');
  expect(page.querySelector('code')?.textContent).toBe('form 7');
  const texts = (kind: string) =>
    [...page.querySelectorAll(kind)].map(({ textContent }) => textContent);
  expect(texts('.bullet')).toEqual(['one', 'two']);
  expect(texts('.numbered')).toEqual(['3. three', '4) four']);
});

test.each([
  '31. Dezember ist die Frist.',
  '- 5 degrees are the lowest of the store.',
  '-5 °C',
  '2) is true.',
  'Art. 6[1](f) of the regulation',
  'See [the form](https://intranet.example/form-7).',
])('%s loses no word and no number', (text) => {
  expect(shown(text).textContent).toBe(text);
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![pixel](https://elsewhere.example/p.png)',
  '<a href="https://elsewhere.example">here</a>',
  '**<b onclick=alert(1)>x</b>**',
])('%s becomes words and nothing else', (text) => {
  const page = shown(text);
  expect(page.querySelector('script, img, a, b, [onclick], [href], [src]')).toBeNull();
  expect(page.textContent).not.toBe('');
});
